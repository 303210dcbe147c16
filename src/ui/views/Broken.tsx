// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "../store/clock.ts";
import { useLab } from "../store/useLab.ts";
import { Demanded } from "../widgets/Demanded.tsx";
import { onDemand } from "../widgets/onDemand.ts";
import styles from "./Broken.module.css";

/** Fetched with the first scenario in which there is something to find: the opening one has nothing. */
const panel = onDemand(() => import("../panels/findings/Findings.tsx"));

/** Whether there is nothing to find in the runs of `frames`, however far they are seen. */
export const isQuiet = (frames: readonly Frame[]): boolean =>
  frames.every(
    ({ play: { findings, recording } }) =>
      findings.length + recording.putOffs.length + recording.stuck.length === 0,
  );

/**
 * The invariants that the designs have broken, where either of them breaks any or a choice had to wait. `only`: the one
 * design whose they are, or null.
 */
export const Broken = memo(function Broken({ frames, only }: { frames: Both<Frame>; only: 0 | 1 | null }) {
  const { goToStep } = useLab();
  return isQuiet(frames) ? (
    <p className={styles.quiet}>No invariant is broken under either design.</p>
  ) : (
    <Demanded part={panel} what="list of findings">
      {({ Findings }) => <Findings frames={frames} only={only} onGoTo={goToStep} />}
    </Demanded>
  );
});
