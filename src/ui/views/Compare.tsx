// SPDX-License-Identifier: GPL-2.0-only
import type { CSSProperties } from "react";
import { Transport } from "../panels/transport/Transport.tsx";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "../store/clock.ts";
import { useShown } from "../store/useLab.ts";
import { storeOf, variantName } from "../text/variant.ts";
import { Panel } from "../widgets/Panel.tsx";
import styles from "./Compare.module.css";
import { useCell } from "./useCell.ts";

/** Two designs, one above the other on one page axis, and what moves them. */
export function Compare() {
  const frames = useShown((state) => state.frames);
  const cell = useCell();
  const sizes = { "--strip": `${64 * cell}px` } as CSSProperties;
  return (
    <div className={styles.compare} style={sizes}>
      {frames === null ? null : <Shown frames={frames} />}
    </div>
  );
}

function Shown({ frames }: { frames: Both<Frame> }) {
  return (
    <>
      <main className={styles.main}>
        {frames.map((frame, k) => (
          <Panel
            key={k === 0 ? "upper" : "lower"}
            title={variantName(frame.play.variant)}
            hue={storeOf(frame.play.variant)}
          >
            {frame.step}
          </Panel>
        ))}
      </main>
      <Transport frames={frames} />
    </>
  );
}
