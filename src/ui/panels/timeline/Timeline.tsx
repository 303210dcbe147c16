// SPDX-License-Identifier: GPL-2.0-only
import { memo, useDeferredValue, useMemo, useState } from "react";
import { type TimelineScene, timelineScene } from "../../scene/timelineScene.ts";
import type { VcpuLanes } from "../../scene/vcpuLanes.ts";
import { both, timeOfStep } from "../../store/clock.ts";
import type { Loaded } from "../../store/lab.ts";
import { useShown } from "../../store/useLab.ts";
import { variantName } from "../../text/index.ts";
import { onDemand } from "../../widgets/onDemand.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import type { Hands } from "../row/Hint.tsx";
import { useEarly } from "../row/useEarly.ts";
import { LaneNames } from "./LaneNames.tsx";
import { Layer } from "./Layer.tsx";
import { Future, Playhead, ShownOperation } from "./Now.tsx";
import styles from "./Timeline.module.css";
import { useSeek } from "./useSeek.ts";
import { vcpuPart } from "./vcpuPart.ts";

const timelineTouch = onDemand(() => import("./TimelineTouch.tsx"));

/**
 * The whole run on the scrubber's line of time, `width` pixels long: every step, lock and count of both designs.
 * A press or a drag goes there; the scrubber below is the keyboard's way. Only what `Now` draws moves with a step.
 */
export const Timeline = memo(function Timeline({ width }: { width: number }) {
  // A long run's marks take a while; the rest of the page need not wait for them.
  const loaded = useDeferredValue(useShown((state) => state.loaded));
  const vcpus = useDemanded(vcpuPart, loaded !== null && hasVcpus(loaded));
  const scene = useMemo(() => loaded && sceneOf(loaded, vcpus, width), [loaded, vcpus, width]);
  const seek = useSeek();
  const [touched, setTouched] = useState(false);
  const [hands, setHands] = useState<Hands | null>(null);
  const { early, listening } = useEarly();
  const isLit = useShown(({ lit, pinned }) => lit !== null || pinned !== null);
  const part = useDemanded(timelineTouch, touched || isLit);
  if (loaded === null || scene === null) return null;
  const { clock } = loaded;
  const { plays, only } = loaded;
  const variants = (only === null ? plays : [plays[only]]).map(({ variant }) => variant);
  const designs = variants.flatMap((variant, k) => {
    const lanes = scene.designs[k];
    return lanes === undefined ? [] : { variant, ...lanes };
  });
  return (
    <section className={styles.timeline} aria-label="Timeline">
      <div className={styles.names} aria-hidden="true">
        {designs.map((design) => (
          <LaneNames key={design.variant} design={design} variant={design.variant} />
        ))}
      </div>
      <div
        className={styles.strip}
        style={{ width, height: scene.height }}
        data-testid="timeline"
        aria-hidden="true"
        onPointerEnter={() => setTouched(true)}
        {...(hands === null
          ? { onPointerMoveCapture: listening.onPointerMove, onPointerLeave: listening.onPointerLeave }
          : hands)}
        {...seek}
      >
        <ShownOperation clock={clock} />
        <Layer scene={scene} width={width} layer="marks" />
        <Layer scene={scene} width={width} layer="words" />
        <Future clock={clock} />
        <Playhead clock={clock} />
        {part === null ? null : (
          <part.TimelineTouch scene={scene} loaded={loaded} width={width} early={early} onHands={setHands} />
        )}
      </div>
      {designs.map(({ variant, says }) => (
        <ul key={variant} className="spoken" aria-label={`The run of ${variantName(variant)}`}>
          {says.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ))}
    </section>
  );
});

const hasVcpus = ({ plays: [{ scenario }] }: Loaded): boolean =>
  [...scenario.vms.values()].some(({ vcpus = 0 }) => vcpus > 0);

function sceneOf({ plays, clock, only }: Loaded, vcpus: VcpuLanes | null, width: number): TimelineScene {
  const runs = both(plays, (play, design) => ({
    ...{ play, vcpus },
    operations: clock.operations[design],
    timeOf: (step: number) => timeOfStep(clock, design, step),
  }));
  return timelineScene(only === null ? runs : [runs[only]], clock.begins, width);
}
