// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import { type Both, both, momentAt, timeMax } from "../../store/clock.ts";
import type { Frame } from "../../scene/frame.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { Slider } from "../../widgets/Slider.tsx";
import { scrubberMarks, type ScrubberMark } from "./marks.ts";
import { pageTime } from "./pages.ts";
import { spokenTime } from "./spoken.ts";
import styles from "./Scrubber.module.css";

/** The line over the whole run, with the marks of the upper design above it and of the lower one below. */
export const Scrubber = memo(function Scrubber({ frames }: { frames: Both<Frame> }) {
  const lab = useLab();
  const time = useShown((state) => state.time);
  const loaded = useShown((state) => state.loaded);
  const lanes = useMemo(
    () => loaded && both(loaded.plays, (play, design) => scrubberMarks(play, loaded.clock, design)),
    [loaded],
  );
  if (loaded === null || lanes === null) return null;
  const { clock } = loaded;
  return (
    <div className={styles.scrubber}>
      {loaded.only === 1 ? null : <Lane marks={lanes[0]} lane="upper" />}
      <Slider
        label="Step"
        value={time}
        max={timeMax(clock)}
        onChange={lab.goTo}
        onPage={(by) => lab.goTo(pageTime(clock, time, by))}
        valueText={spokenTime(clock, momentAt(clock, time), frames)}
      />
      {loaded.only === 0 ? null : <Lane marks={lanes[1]} lane="lower" />}
    </div>
  );
});

const Lane = memo(function Lane({
  marks,
  lane,
}: {
  marks: readonly ScrubberMark[];
  lane: "upper" | "lower";
}) {
  return (
    <svg className={styles[lane]} width="100%" height="7" aria-hidden="true">
      {marks.map(({ at, kind }) => (
        <rect key={at} className={styles[kind]} x={`${at * 100}%`} width="4" height="7" />
      ))}
    </svg>
  );
});
