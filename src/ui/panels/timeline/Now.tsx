// SPDX-License-Identifier: GPL-2.0-only
// The three things that move with the step; everything else in the timeline stands still.
import { memo } from "react";
import { momentAt, type SharedClock, timeMax } from "../../store/clock.ts";
import { useShown } from "../../store/useLab.ts";
import styles from "./Now.module.css";
import { useGlide } from "./useGlide.ts";

interface OfClock {
  clock: SharedClock;
}

/** Of the last scenario's line too, while that still stands here: a time beyond its end is its end. */
const share = (clock: SharedClock, time: number) =>
  `${timeMax(clock) === 0 ? 0 : Math.min(100, (100 * time) / timeMax(clock))}%`;

/** The line at the step that is shown. It reaches down to the scrubber's thumb. */
export const Playhead = memo(function Playhead({ clock }: OfClock) {
  const time = useShown((state) => state.time);
  const left = share(clock, time);
  return <div ref={useGlide(left)} className={styles.playhead} data-testid="playhead" style={{ left }} />;
});

/**
 * A veil over what has not happened yet: the run is known to its end. As it glides on, the cap of a lock that was
 * taken or dropped comes out from under it, and the bars of those that are held grow.
 */
export const Future = memo(function Future({ clock }: OfClock) {
  const time = useShown((state) => state.time);
  const left = share(clock, time);
  return <div ref={useGlide(left)} className={styles.future} style={{ left }} />;
});

/** Where there are several operations: the ground of the one that is shown. */
export const ShownOperation = memo(function ShownOperation({ clock }: OfClock) {
  const operation = useShown(({ time }) => momentAt(clock, time).operation);
  const { begins } = clock;
  const [begin = 0, end = 0] = [begins[operation], begins[operation + 1]];
  if (begins.length < 3) return null;
  return (
    <div
      className={styles.operation}
      style={{ left: share(clock, begin), width: share(clock, end - begin) }}
    />
  );
});
