// SPDX-License-Identifier: GPL-2.0-only
import type { CSSProperties } from "react";
import { AxisTools } from "../panels/transport/AxisTools.tsx";
import { Transport } from "../panels/transport/Transport.tsx";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "../store/clock.ts";
import { useShown } from "../store/useLab.ts";
import { caption, storeOf, variantName } from "../text/index.ts";
import { Panel } from "../widgets/Panel.tsx";
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
  const sizes = { "--strip": `${64 * cell}px` } as CSSProperties;
  return (
    <div className={styles.compare} style={sizes}>
      {frames === null ? null : <Shown frames={frames} cell={cell} />}
    </div>
  );
}

function Shown({ frames, cell }: { frames: Both<Frame>; cell: number }) {
  const revision = useShown((state) => state.revision);
  const axis = useAxis(frames, cell);
  return (
    <>
      <main className={styles.main}>
        {frames.map((frame, k) => (
          <section key={k === 0 ? "upper" : "lower"} className={styles.design}>
            <Guarded what="The panel" again={revision}>
              <Panel
                title={variantName(frame.play.variant)}
                hint={caption(frame)}
                hue={storeOf(frame.play.variant)}
              >
                {axis.file}
              </Panel>
            </Guarded>
          </section>
        ))}
        <Fingerprints />
        <Spoken frames={frames} />
      </main>
      <Transport frames={frames}>
        <AxisTools frames={frames} />
      </Transport>
    </>
  );
}
