// SPDX-License-Identifier: GPL-2.0-only
import { memo, type MouseEvent, type RefObject, useEffect, useMemo } from "react";
import { objectOf } from "../../scene/object.ts";
import { type TimelineLanes, timelineHit, timelineLit } from "../../scene/objectTimeline.ts";
import type { TimelineScene } from "../../scene/timelineScene.ts";
import { timeMax, timeOfStep } from "../../store/clock.ts";
import type { Lab, Loaded } from "../../store/lab.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import type { Hands } from "../row/Hint.tsx";
import { Overlay, type Shine } from "../row/Overlay.tsx";
import type { Early } from "../row/useEarly.ts";

interface TimelineTouchProps {
  scene: TimelineScene;
  loaded: Loaded;
  width: number;
  early: RefObject<Early | null>;
  onHands: (hands: Hands) => void;
}

/** What is lit over the lanes, and what the pointer does there besides going to a time. */
export const TimelineTouch = memo(function TimelineTouch({
  scene,
  loaded,
  width,
  early,
  onHands,
}: TimelineTouchProps) {
  const lab = useLab();
  const designs = useMemo(() => lanesOf(scene, loaded, width), [scene, loaded, width]);
  useEffect(() => onHands(handsOf(lab, designs)), [lab, designs, onHands]);
  useEffect(() => {
    if (early.current === null) return;
    const { x, y } = early.current;
    early.current = null;
    lab.light(nameIn(designs, x, y));
  }, [early, lab, designs]);
  const lit = useShown((state) => state.lit);
  const pinned = useShown((state) => state.pinned);
  const shines = useMemo(() => {
    const shine = (name: string | null, why: Shine["why"]): Shine[] =>
      name === null ? [] : [{ name, why, boxes: designs.flatMap((design) => timelineLit(design, name)) }];
    return [...shine(pinned, "pinned"), ...shine(lit, "lit")].filter(({ boxes }) => boxes.length > 0);
  }, [designs, lit, pinned]);
  return <Overlay shines={shines} band={null} />;
});

/** Of the designs that are shown, the upper one first. */
function lanesOf(scene: TimelineScene, { plays, clock, only }: Loaded, width: number): TimelineLanes[] {
  const end = timeMax(clock);
  const shown = only === null ? ([0, 1] as const) : [only];
  return shown.map((design, k) => ({
    play: plays[design],
    lanes: scene.designs[k]?.lanes ?? [],
    xOf: (step) => (end === 0 ? 0 : (timeOfStep(clock, design, step) / end) * width),
  }));
}

function nameIn(designs: readonly TimelineLanes[], x: number, y: number): string | null {
  for (const design of designs) {
    const name = timelineHit(design, x, y);
    if (name !== null) return name;
  }
  return null;
}

/** A pointer that moves less than this, in pixels, clicks. */
const CLICK = 4;

/** The press itself goes to its time; these stand beside it. */
function handsOf(lab: Lab, designs: readonly TimelineLanes[]): Hands {
  let pressed = 0;
  const nameAt = ({ currentTarget, clientX, clientY }: MouseEvent<HTMLElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return nameIn(designs, clientX - left, clientY - top);
  };
  return {
    onPointerDownCapture(event) {
      pressed = event.clientX;
    },
    onPointerMoveCapture: (event) => lab.light(event.buttons === 0 ? nameAt(event) : null),
    onPointerLeave: () => lab.light(null),
    onClick(event) {
      if (Math.abs(event.clientX - pressed) > CLICK) return;
      const name = nameAt(event);
      const isPinned = name === lab.store.getState().pinned;
      const object = objectOf(name);
      if (object?.kind === "event") {
        const { loaded } = lab.store.getState();
        lab.goToStep(loaded?.plays[0].variant === object.variant ? 0 : 1, object.step);
      }
      lab.pin(isPinned ? null : name);
    },
  };
}
