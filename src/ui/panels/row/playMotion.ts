// SPDX-License-Identifier: GPL-2.0-only
// Plays motions on the elements of a row.
//
// Motions are Web Animations: the browser's one clock runs them without a script a frame, the picture beneath is
// right by itself, and to cancel one is to see that picture. Each ends as it began, with no style left behind, and
// nothing animates while nothing moves. Those who prefer reduced motion see outlines instead.

import type { Frame } from "../../scene/frame.ts";
import { motionsOf } from "../../scene/motion.ts";
import type { Motion, Picture } from "../../scene/movement.ts";
import { atMostThrice, fitted, type Moved } from "../../scene/motionPace.ts";
import { drawGhost, elementsOf } from "./drawMarks.ts";
import { keyframesOf } from "./keyframes.ts";
import { outlines } from "./outlines.ts";
import { traceOf } from "./trace.ts";

/** What stands in a row beside its picture. */
interface Extra {
  readonly animations: Animation[];
  /** Until the last animation ends. */
  readonly ghosts: Element[];
  /** Until the next step. */
  readonly kept: Element[];
}

const extras = new Map<SVGSVGElement, Extra>();
const moved = new WeakMap<SVGSVGElement, Moved>();

const calm = matchMedia("(prefers-reduced-motion: reduce)");
calm.addEventListener("change", () => {
  for (const svg of [...extras.keys()]) stop(svg);
});

/** Ends whatever moves in `svg`, and takes away what only the step before had to show. */
export function stop(svg: SVGSVGElement): void {
  const extra = extras.get(svg);
  if (extra === undefined) return;
  extras.delete(svg);
  for (const animation of extra.animations) animation.cancel();
  for (const element of [...extra.ghosts, ...extra.kept]) element.remove();
}

/**
 * Shows how the picture `before` became `after`, which stands in `svg` already and shows `frame`. It takes `room`
 * milliseconds at the most.
 */
export function play(svg: SVGSVGElement, before: Picture, after: Picture, frame: Frame, room: number): void {
  const now = performance.now();
  const history = moved.get(svg) ?? new Map();
  moved.set(svg, history);
  const motions = motionsOf(before, after, frame);
  const played = atMostThrice(history, fitted(motions, room), now);
  if (played.length === 0) return;
  const extra: Extra = { animations: [], ghosts: [], kept: [] };
  extras.set(svg, extra);
  const elements = elementsOf(svg);
  if (calm.matches) {
    const ends = played
      .filter(({ kind }) => kind === "run")
      .map(({ ghost }) => append(svg, drawGhost(ghost!)));
    const lines = traces(svg, played, elements, extra);
    extra.kept.push(...ends, ...outlines(svg, played, elements, ends), ...lines);
    return;
  }
  for (const motion of played) start(svg, motion, elements, extra);
  traces(svg, played, elements, extra);
  void Promise.allSettled(extra.animations.map(({ finished }) => finished)).then(() => {
    for (const ghost of extra.ghosts) ghost.remove();
  });
}

function start(
  svg: SVGSVGElement,
  motion: Motion,
  elements: ReadonlyMap<string, Element>,
  { animations, ghosts }: Extra,
): void {
  const own = elements.get(motion.id);
  let element = own;
  if (motion.ghost !== undefined) {
    element = drawGhost(motion.ghost);
    ghosts.push(element);
    svg.insertBefore(element, motion.kind === "drain" ? null : (own ?? null));
  }
  const keyframes = keyframesOf(motion);
  if (element === undefined || keyframes === null) return;
  animations.push(element.animate(keyframes, timing(motion)));
}

/** Until its turn a mark is as it was; a ghost that is done stays gone until it is taken away. */
const timing = ({ delay, duration, easing, ghost }: Motion): KeyframeAnimationOptions => ({
  ...{ delay, duration, easing, fill: ghost === undefined ? "backwards" : "both" },
});

/** The lines from what broke to the count that it made wrong, kept until the next step. */
function traces(
  svg: SVGSVGElement,
  motions: readonly Motion[],
  elements: ReadonlyMap<string, Element>,
  { animations, kept }: Extra,
): Element[] {
  return motions.flatMap((motion) => {
    if (motion.kind !== "trace") return [];
    const trace = traceOf(svg, elements.get(motion.id.replace(/ trace$/, "")));
    if (trace === null) return [];
    kept.push(append(svg, trace.line));
    if (calm.matches) return [trace.line];
    const half = { ...motion, duration: motion.duration / 2 };
    animations.push(
      trace.figure.animate(keyframesOf({ ...half, kind: "fill" }), timing(half)),
      trace.line.animate(
        keyframesOf({ ...half, kind: "wipe" }),
        timing({ ...half, delay: motion.delay + half.duration }),
      ),
    );
    return [trace.line];
  });
}

function append(svg: SVGSVGElement, element: Element): Element {
  svg.append(element);
  return element;
}
