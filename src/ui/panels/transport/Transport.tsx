// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import type { Frame } from "../../scene/frame.ts";
import { type Both, lengthOf, momentAt, timeMax } from "../../store/clock.ts";
import { step as move } from "../../player/moves.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { IconButton } from "../../widgets/IconButton.tsx";
import {
  BackIcon,
  FirstIcon,
  LastIcon,
  LeftIcon,
  PauseIcon,
  PlayIcon,
  RightIcon,
  SkipIcon,
  StepIcon,
} from "../../widgets/icons.tsx";
import { Kbd } from "../../widgets/Kbd.tsx";
import { describeOperation, numberedIn, numberText } from "../../text/index.ts";
import { Toolbar } from "../../widgets/Toolbar.tsx";
import { Jumps } from "./Jumps.tsx";
import { Scrubber } from "./Scrubber.tsx";
import { Speed } from "./Speed.tsx";
import styles from "./Transport.module.css";

export interface TransportProps {
  frames: Both<Frame>;
  /** What stands at the right end: how the page axis is looked at. */
  children?: ReactNode;
}

/** The bar at the bottom: where the run stands, and what moves it. */
export const Transport = memo(function Transport({ frames, children }: TransportProps) {
  const lab = useLab();
  const time = useShown((state) => state.time);
  const playing = useShown((state) => state.playing);
  const loaded = useShown((state) => state.loaded);
  if (loaded === null) return null;
  const end = timeMax(loaded.clock);
  const { operation, step } = momentAt(loaded.clock, time);
  const { at, count } = numberedIn(loaded.scenario, operation, loaded.clock.begins.length - 1);

  return (
    <section className={styles.transport} aria-label="Transport">
      <p className={styles.readout} data-testid="readout">
        <strong>
          <span className={styles.word}>Step </span>
          {numberText(step)}
        </strong>{" "}
        <span>/ {numberText(lengthOf(loaded.clock, operation))}</span>
      </p>
      <div className={styles.line}>
        <Scrubber frames={frames} />
      </div>
      <p className={styles.operation} data-testid="operation">
        {count > 1 ? (
          <strong>
            Operation {numberText(at)} / {numberText(count)}
          </strong>
        ) : null}{" "}
        <span>{shownOperation(frames[0])}</span>
      </p>
      <Toolbar label="Transport" className={styles.toolbar}>
        <div className={styles.jumps}>
          <Jumps />
          <SkipWasted />
        </div>
        <div className={styles.buttons}>
          <IconButton
            label="First step"
            icon={<FirstIcon />}
            keys="Home"
            onClick={() => lab.goTo(0)}
            disabled={time === 0}
          />
          <IconButton
            label="Step back"
            icon={<BackIcon />}
            keys="ArrowLeft"
            onClick={() => move(lab, -1)}
            disabled={time === 0}
          />
          <IconButton
            label={playing ? "Pause" : "Play"}
            icon={playing ? <PauseIcon /> : <PlayIcon />}
            keys="Space"
            shape="round"
            onClick={() => lab.setPlaying(!playing)}
            disabled={end === 0}
          />
          <IconButton
            label="Step forward"
            icon={<StepIcon />}
            keys="ArrowRight"
            onClick={() => move(lab, 1)}
            disabled={time === end}
          />
          <IconButton
            label="Last step"
            icon={<LastIcon />}
            keys="End"
            onClick={() => lab.goTo(end)}
            disabled={time === end}
          />
        </div>
      </Toolbar>
      <div className={styles.tools}>
        <p className={styles.keys} aria-hidden="true">
          <Kbd>Space</Kbd>
          <Kbd>
            <LeftIcon />
          </Kbd>
          <Kbd>
            <RightIcon />
          </Kbd>
          <span className={styles.within}>move between the buttons</span>
        </p>
        {children}
        <Speed />
      </div>
    </section>
  );
});

/** Whether steps and playing pass over what is wasted in both designs. */
const SkipWasted = memo(function SkipWasted() {
  const lab = useLab();
  const skipWasted = useShown((state) => state.skipWasted);
  return (
    <button
      type="button"
      className={styles.skip}
      aria-pressed={skipWasted}
      title="Skip wasted"
      onClick={() => lab.setSkipWasted(!skipWasted)}
    >
      <SkipIcon />
      <span className={styles.skipWord}>Skip wasted</span>
    </button>
  );
});

/** What the shown operation does; with several tasks their operations overlap, and none is shown. */
function shownOperation({ play, operation }: Frame): string | null {
  const tasks = [...play.scenario.tasks.values()];
  const shown = tasks.length === 1 ? tasks[0]?.[operation] : undefined;
  return shown === undefined ? null : describeOperation(shown, play);
}
