// SPDX-License-Identifier: GPL-2.0-only
// The lane of one vCPU. Its line is up while the guest runs and down while the host does, so that words stand where the
// line is not; what may be used although nothing stands behind it any more is dashed.

import type { Drawing, Lane } from "./timelineLane.ts";
import { draw } from "./timelineMark.ts";
import { busy, edge, line, STEP_SHAPES, VCPU_SHAPES } from "./timelineShapes.ts";
import type { Span } from "./timelineSpans.ts";
import { isBinned, ownSteps } from "./timelineTask.ts";
import type { Stay, VcpuTrace } from "./timelineVcpuTrace.ts";

/** From the top of the lane to its line while the guest runs, and from its bottom while the host does. */
const LEVEL = 4;

/** Stays shorter than this, in pixels, are not drawn one by one. */
const STAY_MIN = 2;

/** Marks of one kind that are nearer to each other than this, in pixels, are one. */
const MARK_APART = 6;

const LOOKS = { guest: "inGuest", fault: "inFault", retrying: "retrying", out: "outside" } as const;

/** The baselines of a vCPU's lane: above its line, and below it. */
export const vcpuBaselines = (top: number, height: number): number[] => [top + 12, top + height - 1.5];

const isUp = ({ is }: Pick<Stay, "is">) => is === "guest";

/** The line of `trace`, and what happens on it. */
export function drawVcpu(drawing: Drawing, lane: Lane, trace: VcpuTrace): void {
  const { xOf, ink, play, kinds } = drawing;
  const [up, down] = [lane.top + LEVEL, lane.top + lane.height - LEVEL];
  const levelOf = (stay: Pick<Stay, "is">) => (isUp(stay) ? up : down);
  drawStays(drawing, lane, trace, up, down);
  const levelAt = levels(trace, levelOf);
  if (!isBinned(drawing) && lane.task >= 0)
    for (const step of ownSteps(play, lane.task)) {
      const kind = kinds[step - 1] ?? "other";
      draw(ink, kind, STEP_SHAPES[kind](xOf(step), levelAt(step)));
    }
  const each = (look: keyof typeof VCPU_SHAPES, steps: readonly number[], level?: number) => {
    let free = Number.NEGATIVE_INFINITY;
    for (const step of steps) {
      const x = xOf(step);
      if (x < free) continue;
      draw(ink, look, VCPU_SHAPES[look](x, level ?? levelAt(step)));
      free = x + MARK_APART;
    }
  };
  const out = (dead: boolean) =>
    trace.exits.filter(({ reason }) => (reason === "dead") === dead).map(({ step }) => step);
  each("request", trace.requests, down);
  each("kick", trace.kicks, up);
  each(
    "retry",
    trace.retries.map(({ step }) => step),
    down,
  );
  each("flushedIn", trace.flushes, up);
  each("exit", out(false), down);
  each("dead", out(true), down);
}

function drawStays(
  { xOf, ink }: Drawing,
  { lines }: Lane,
  { stays, stale }: VcpuTrace,
  up: number,
  down: number,
): void {
  const [above, below] = lines;
  let crowd: [number, number] | null = null;
  const endCrowd = () => {
    if (crowd !== null) {
      draw(ink, "busy", busy(...crowd, up, down));
      for (const { room } of lines) room.taken.push({ from: crowd[0], to: crowd[1] });
    }
    crowd = null;
  };
  let before: number | null = null;
  for (const stay of stays) {
    const [x1, x2] = [xOf(stay.from), xOf(stay.to)];
    if (x2 - x1 < STAY_MIN) {
      crowd = [crowd?.[0] ?? x1, x2];
      continue;
    }
    endCrowd();
    const level = isUp(stay) ? up : down;
    (isUp(stay) ? above : below)?.room.taken.push({ from: x1 - 1, to: x2 + 1 });
    if (before !== null && before !== level) draw(ink, "edge", edge(x1, up, down));
    before = level;
    for (const { from, to, inside } of pieces(stay, stale))
      draw(ink, inside ? "mayUseStale" : LOOKS[stay.is], line(xOf(from), xOf(to), level));
  }
  endCrowd();
}

/** `stay` cut where one of `spans` begins or ends. */
function pieces({ from, to }: Span, spans: readonly Span[]): (Span & { inside: boolean })[] {
  const cut: (Span & { inside: boolean })[] = [];
  let at = from;
  for (const span of spans) {
    const [first, last] = [Math.max(span.from, at), Math.min(span.to, to)];
    if (first >= last) continue;
    if (first > at) cut.push({ from: at, to: first, inside: false });
    cut.push({ from: first, to: last, inside: true });
    at = last;
  }
  if (at < to) cut.push({ from: at, to, inside: false });
  return cut;
}

/** Where the line is at the end of a step, asked for in ascending order or not; a change belongs to what was before. */
function levels({ stays }: VcpuTrace, levelOf: (stay: Stay) => number): (step: number) => number {
  let k = 0;
  return (step) => {
    if (step <= (stays[k]?.from ?? 0)) k = 0;
    while ((stays[k]?.to ?? step) < step) k++;
    const stay = stays[Math.min(k, stays.length - 1)];
    return stay === undefined ? 0 : levelOf(stay);
  };
}
