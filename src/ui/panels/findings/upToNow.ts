// SPDX-License-Identifier: GPL-2.0-only
// What has gone wrong by the shown step, the latest first. What is still to come is not given away.

import { type Finding, INVARIANTS, type PutOff, trapOf } from "../../../engine/index.ts";
import type { Frame } from "../../scene/frame.ts";
import { putOffText, stuckText } from "../../text/finding.ts";
import { type Trap, trapById } from "../../text/traps.ts";

/** A broken invariant as it is shown. */
export interface FindingItem {
  readonly key: string;
  readonly finding: Finding;
  /** What the invariant demands. */
  readonly rule: string;
  /** The trap that the scenario declares for it. */
  readonly trap: string | null;
  /** It broke at the shown step. */
  readonly isNew: boolean;
}

export interface PutOffItem {
  readonly key: string;
  readonly step: number;
  readonly text: string;
}

export interface UpToNow {
  readonly findings: readonly FindingItem[];
  /** What each declared trap is, once, however many findings it explains. */
  readonly traps: readonly { readonly id: string; readonly trap: Trap }[];
  readonly putOffs: readonly PutOffItem[];
  readonly stuck: string | null;
}

/** Findings of the set-up, step 0, are there from the beginning. */
export function upToNow({ play, step }: Frame): UpToNow {
  const { putOffs, steps } = play.recording;
  const findings = play.findings
    .map((finding, k) => ({
      key: `${k}`,
      finding,
      rule: INVARIANTS[finding.invariant],
      trap: trapOf(play, finding.invariant),
      isNew: finding.step === step,
    }))
    .filter(({ finding }) => finding.step <= step)
    .sort((a, b) => b.finding.step - a.finding.step);
  const ids = [...new Set(findings.flatMap(({ trap }) => trap ?? []))];
  return {
    findings,
    traps: ids.flatMap((id) => {
      const trap = trapById(id);
      return trap === null ? [] : [{ id, trap }];
    }),
    putOffs: putOffs
      .map((putOff, k) => ({
        key: `${k}`,
        step: shownAt(putOff, steps.length),
        text: putOffText(putOff, play),
      }))
      .filter((putOff) => putOff.step <= step)
      .reverse(),
    stuck: step === steps.length ? stuckText(play) : null,
  };
}

/** A choice may be put off before a step that never came; it is shown at the last one. */
const shownAt = ({ step }: PutOff, steps: number): number => Math.min(step, steps);
