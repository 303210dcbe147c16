// SPDX-License-Identifier: GPL-2.0-only
// The lane of one task: a mark for each step it took, or one for several; where it waits, where it was put off.

import { countText } from "../text/number.ts";
import { binned } from "./timelineBins.ts";
import { type Drawing, keepClear, type Lane, write } from "./timelineLane.ts";
import { draw } from "./timelineMark.ts";
import { BIN_SHAPES, HALF, line, neededFoot, pause, STEP_SHAPES } from "./timelineShapes.ts";
import { binKind } from "./timelineSteps.ts";
import { BESIDE, wordsWidth } from "./timelineWords.ts";

/** Steps that are nearer to each other than this, in pixels, are not drawn one by one. */
const APART_MIN = 8;

export const isBinned = ({ play, xOf }: Drawing): boolean => {
  const { length } = play.recording.steps;
  return length > 1 && (xOf(length) - xOf(0)) / length < APART_MIN;
};

/** The marks of the lane's task. */
export function drawTask(drawing: Drawing, lane: Lane): void {
  const { play, kinds, xOf, ink, spans } = drawing;
  const { steps } = play.recording;
  const { top, height, task } = lane;
  const y = top + height / 2;
  draw(ink, "lane", line(xOf(0), xOf(steps.length), y));
  for (const wait of spans.waits)
    if (wait.task === task) draw(ink, "waiting", line(xOf(wait.from), xOf(wait.to), y));
  const own = ownSteps(play, task);
  if (isBinned(drawing)) {
    const broken = new Set(play.findings.map(({ step }) => step));
    const kindAt = (step: number) => binKind(kinds[step - 1] ?? "other", broken.has(step));
    const places = own.map((step) => ({ x: xOf(step), kind: kindAt(step) }));
    for (const { x, kind, alsoNeeded } of binned(places)) {
      draw(ink, `bin-${kind}`, BIN_SHAPES[kind](x, y));
      if (alsoNeeded) draw(ink, "bin-needed", neededFoot(x, y));
      keepClear(onMarks(lane), x - 2, x + 2);
    }
    return;
  }
  for (const step of own) {
    const [x, kind] = [xOf(step), kinds[step - 1] ?? "other"];
    draw(ink, kind, STEP_SHAPES[kind](x, y));
    keepClear(onMarks(lane), x - HALF, x + HALF);
  }
}

/** The line of words on which the marks are; where there is a second one, it is below them. */
const onMarks = ({ lines }: Lane): Pick<Lane, "lines"> => ({ lines: lines.slice(0, 1) });

/** The steps of `task`, by their numbers. */
export function ownSteps({ recording }: Drawing["play"], task: number): number[] {
  const own: number[] = [];
  for (const [k, step] of recording.steps.entries()) if (step.task === task) own.push(k + 1);
  return own;
}

/** The words of the lane's task: refusals, and choices that had to wait. */
export function writeTask(drawing: Drawing, lane: Lane): void {
  const { play, xOf, ink } = drawing;
  const name = [...play.scenario.tasks.keys()][lane.task];
  const refusals = play.recording.steps.flatMap(({ task, events }, k) =>
    events.flatMap((event) =>
      task === lane.task && event.type === "operation.returned" && event.errno !== null
        ? { x: xOf(k + 1), errno: `-${event.errno}` }
        : [],
    ),
  );
  for (const [k, { x, errno }] of refusals.entries()) writeErrno(drawing, lane, x, errno, refusals[k + 1]?.x);
  for (const { step, task } of play.recording.putOffs) {
    if (task !== name) continue;
    const x = xOf(step - 1) + HALF + 4;
    draw(ink, "putOff", pause(x, lane.top + lane.height / 2));
    keepClear(onMarks(lane), x - 2, x + 6);
    write(drawing, lane, "note", [x, x + 4], ["put off"]);
  }
}

/**
 * Below its mark at `x` where the lane has a line there, else beside it. Below it goes to the left where the mark of the
 * `next` refusal, with its own words, is near.
 */
function writeErrno(drawing: Drawing, lane: Lane, x: number, errno: string, next = Number.POSITIVE_INFINITY) {
  const lines = lane.lines.slice(-1);
  const far = Number.POSITIVE_INFINITY;
  const put = (left: number, right: number) =>
    write(drawing, { lines }, "violationText", [left, right], [errno]);
  const width = wordsWidth(errno);
  if (lane.lines.length === 1) put(x - HALF, x + HALF);
  else if (next - x < width + BESIDE) put(x + HALF + BESIDE, far);
  else put(-far, x - width / 2 - BESIDE);
}

/** Where the design is done with an operation before the other one: `done after 14 steps`. */
export function writeDone(
  drawing: Drawing,
  lane: Lane,
  steps: number,
  [from, to]: readonly [number, number],
): void {
  const lines = lane.lines.map(({ baseline, room }) => ({ baseline, room: { ...room, width: to } }));
  const text = steps === 0 ? "nothing to do" : `done after ${countText(steps, "step")}`;
  write(drawing, { lines }, "note", [-Infinity, from + HALF], [text]);
}
