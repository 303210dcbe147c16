// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import type { Frame } from "../../scene/frame.ts";
import { numberText } from "../../text/number.ts";
import { numberedIn } from "../../text/numbered.ts";
import { CONFIDENCE } from "../../text/traps.ts";
import { storeOf, variantName } from "../../text/variant.ts";
import styles from "./Findings.module.css";
import { type FindingItem, upToNow } from "./upToNow.ts";

export interface FindingsProps {
  frames: readonly [Frame, Frame];
  /** The one design whose findings are shown, or null for both. */
  only: 0 | 1 | null;
  /** Show the play of `design` after `step` steps. */
  onGoTo: (design: 0 | 1, step: number) => void;
}

/** The invariants that each design has broken up to the shown step, and the choices that had to wait. */
export const Findings = memo(function Findings({ frames, only, onGoTo }: FindingsProps) {
  return (
    <div className={styles.findings}>
      {([0, 1] as const)
        .filter((design) => only === null || only === design)
        .map((design) => (
          <DesignFindings key={design} frame={frames[design]} onGoTo={(step) => onGoTo(design, step)} />
        ))}
    </div>
  );
});

function DesignFindings({ frame, onGoTo }: { frame: Frame; onGoTo: (step: number) => void }) {
  const { findings, traps, putOffs, stuck } = upToNow(frame);
  const { variant } = frame.play;
  return (
    <section className={styles.design} aria-label={`Findings of ${variantName(variant)}`}>
      <h3 className={styles.name} data-hue={storeOf(variant)}>
        {variantName(variant)} {findings.length > 0 ? null : <span>No invariant is broken.</span>}
        {stuck === null ? null : <em>{stuck}</em>}
      </h3>
      {findings.length === 0 ? null : (
        <ul className={styles.list}>
          {findings.map((item) => (
            <li key={item.key} className={styles.broken} data-new={item.isNew || undefined}>
              <span>
                <FindingText item={item} />
              </span>
              <At step={item.finding.step} frame={frame} onGoTo={onGoTo} />
            </li>
          ))}
        </ul>
      )}
      {traps.map(({ id, trap }) => (
        <p key={id} className={styles.note}>
          <b>{id}</b> {trap.text}
          {trap.confidence.map((tag) => (
            <abbr key={tag} className={styles.tag} title={CONFIDENCE[tag]}>
              [{tag}]
            </abbr>
          ))}
        </p>
      ))}
      {putOffs.map(({ key, step, text }) => (
        <p key={key} className={styles.note}>
          <span>{text} </span>
          <At step={step} frame={frame} onGoTo={onGoTo} />
        </p>
      ))}
    </section>
  );
}

function FindingText({ item: { finding, rule, trap } }: { item: FindingItem }): ReactNode {
  return (
    <>
      <abbr className={styles.invariant} title={`${finding.invariant}: ${rule}`}>
        {finding.invariant}
      </abbr>{" "}
      {trap === null ? null : <span className={styles.trap}>{trap}</span>} {finding.text}{" "}
    </>
  );
}

/** Where it was, as the button that leads there. */
function At({ step, frame, onGoTo }: { step: number; frame: Frame; onGoTo: (step: number) => void }) {
  return (
    <button type="button" className={styles.at} onClick={() => onGoTo(step)}>
      {placeText(step, frame)}
    </button>
  );
}

/** As the transport counts: the operation, where there are several, and the step within it. 0 is the set-up's end. */
function placeText(step: number, { play, operations }: Frame): string {
  if (step === 0) return "Set-up";
  const operation = operations.findIndex(({ first, last }) => first <= step && step <= last);
  const within = step - (operations[operation]?.first ?? 1) + 1;
  const { at, count } = numberedIn(play.scenario, operation, operations.length);
  return count > 1 ? `Operation ${numberText(at)}, step ${within}` : `Step ${within}`;
}
