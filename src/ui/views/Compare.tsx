// SPDX-License-Identifier: GPL-2.0-only
import type { CSSProperties, ReactNode } from "react";
import { Bill } from "../panels/bill/Bill.tsx";
import { Code } from "../panels/code/Code.tsx";
import { DesignPanel } from "../panels/design/DesignPanel.tsx";
import { MarkKey } from "../panels/key/MarkKey.tsx";
import { EventLog } from "../panels/log/EventLog.tsx";
import { MemslotsRow } from "../panels/memslots/MemslotsRow.tsx";
import { Ruler } from "../panels/ruler/Ruler.tsx";
import { TimelineOnDemand } from "../panels/timeline/TimelineOnDemand.tsx";
import { AxisToolsOnDemand } from "../panels/transport/AxisToolsOnDemand.tsx";
import { Transport } from "../panels/transport/Transport.tsx";
import { CELLS } from "../scene/axis.ts";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "../store/clock.ts";
import { useLab, useShown } from "../store/useLab.ts";
import { caption, storeOf, variantName } from "../text/index.ts";
import { Broken } from "./Broken.tsx";
import styles from "./Compare.module.css";
import { Fingerprints } from "./Fingerprints.tsx";
import { Guarded } from "./Guarded.tsx";
import { Spoken } from "./Spoken.tsx";
import { useAxis } from "./useAxis.ts";
import { useCell } from "./useCell.ts";

/** Two designs, one above the other on one page axis, and what moves them. */
export function Compare() {
  const frames = useShown((state) => state.frames);
  const cell = useCell();
  const sizes = { "--strip": `${CELLS * cell}px` } as CSSProperties;
  return (
    <div className={styles.compare} style={sizes}>
      {frames === null ? null : <Shown frames={frames} cell={cell} />}
    </div>
  );
}

function Shown({ frames, cell }: { frames: Both<Frame>; cell: number }) {
  const { goToStep } = useLab();
  const revision = useShown((state) => state.revision);
  const timeline = useShown((state) => state.timeline);
  const axis = useAxis(frames, cell);
  return (
    <>
      <main className={styles.main}>
        <div className={styles.axis}>
          <Guarded what="The page axis" again={revision}>
            <Ruler axis={axis} frames={frames} />
            <MemslotsRow axis={axis} frame={frames[0]} />
          </Guarded>
        </div>
        <div className={styles.key}>
          <MarkKey />
        </div>
        {frames.map((frame, k) => (
          <Design key={k === 0 ? "upper" : "lower"} frame={frame}>
            <Guarded what={`The panel of ${variantName(frame.play.variant)}`} again={revision}>
              <DesignPanel
                axis={axis}
                frame={frame}
                tone={storeOf(frame.play.variant)}
                caption={caption(frame)}
              />
            </Guarded>
          </Design>
        ))}
        <div className={styles.hashes}>
          <Fingerprints />
        </div>
        <Spoken />
      </main>
      <div className={styles.foot}>
        {timeline ? (
          <Guarded what="The timeline" again={revision}>
            <TimelineOnDemand width={CELLS * cell} />
          </Guarded>
        ) : (
          <div className={styles.log}>
            <Guarded what="The log" again={revision}>
              <EventLog frames={frames} onGoTo={goToStep} />
            </Guarded>
          </div>
        )}
        <section className={styles.findings} aria-label="Findings">
          <Guarded what="The findings" again={revision}>
            <Broken frames={frames} />
          </Guarded>
        </section>
      </div>
      <Transport frames={frames}>
        <AxisToolsOnDemand frames={frames} />
      </Transport>
    </>
  );
}

function Design({ frame, children }: { frame: Frame; children: ReactNode }) {
  const code = useShown((state) => state.code);
  return (
    <div className={styles.design} data-hue={storeOf(frame.play.variant)}>
      <div className={styles.panel}>{children}</div>
      <div className={styles.rail}>
        <div className={styles.bill}>
          <Guarded what="The bill" again={frame}>
            <Bill frame={frame} brief={code} />
          </Guarded>
        </div>
        {code ? (
          <div className={styles.code}>
            <Guarded what="The code" again={frame}>
              <Code frame={frame} />
            </Guarded>
          </div>
        ) : null}
      </div>
    </div>
  );
}
