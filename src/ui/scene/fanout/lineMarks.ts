// SPDX-License-Identifier: GPL-2.0-only
// A line with its band: dashed where nobody has measured, hatched where prices are assumed.

import type { DesignStyle } from "./designStyle.ts";
import { type Mark, type Point, polyline, round, shape, signPath } from "./marks.ts";

/** A point of a line in pixels, with the edges of its band. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly inRange: boolean;
}

/** Stretches of `points` that are measured throughout, or not; neighbours share the point between them. */
function stretches(points: readonly Placed[]): { inRange: boolean; points: Placed[] }[] {
  const all: { inRange: boolean; points: Placed[] }[] = [];
  for (let k = 1; k < points.length; k++) {
    const [from, to] = [points[k - 1] as Placed, points[k] as Placed];
    const inRange = from.inRange && to.inRange;
    const last = all.at(-1);
    if (last?.inRange === inRange) last.points.push(to);
    else all.push({ inRange, points: [from, to] });
  }
  return all;
}

export function lineMarks(key: string, { ink, width }: DesignStyle, points: readonly Placed[]): Mark[] {
  return stretches(points).map(({ inRange, points: own }, k) =>
    shape(`${key}-line-${k}`, polyline(own.map(({ x, y }): Point => [x, y])), {
      ...{ stroke: ink, width, dash: inRange ? [] : [6, 5] },
    }),
  );
}

/** Small signs along a line, at least `gap` pixels apart: what tells it apart where another lies upon it. */
export function signsAlong(
  key: string,
  { ink, sign }: DesignStyle,
  points: readonly Placed[],
  gap = 34,
): Mark[] {
  let last = Number.NEGATIVE_INFINITY;
  return points.flatMap(({ x, y }, k) => {
    if (x - last < gap) return [];
    last = x;
    return [shape(`${key}-along-${k}`, signPath(sign, x, y, 3), { fill: ink })];
  });
}

/** Pixels between the strokes of a hatched band. */
const HATCH = 7;

export function bandMarks(
  key: string,
  { ink }: DesignStyle,
  points: readonly Placed[],
  isHatched: boolean,
): Mark[] {
  if (points.length < 2) return [];
  const upper = points.map(({ x, high }): Point => [x, high]);
  const lower = points.map(({ x, low }): Point => [x, low]);
  const area = `${polyline(upper)}L${polyline([...lower].reverse()).slice(1)}z`;
  if (!isHatched) return [shape(`${key}-band`, area, { fill: ink, opacity: 0.16 })];
  return [
    shape(`${key}-hatch`, hatched(points), { stroke: ink, width: 1, opacity: 0.7 }),
    shape(`${key}-edge`, area, { stroke: ink, width: 0.75, opacity: 0.7 }),
  ];
}

/** Rising strokes from the lower edge to the upper one. */
function hatched(points: readonly Placed[]): string {
  const [first, last] = [points[0] as Placed, points.at(-1) as Placed];
  let d = "";
  for (let x = first.x + HATCH; x < last.x; x += HATCH) {
    const low = edgeAt(points, x - HATCH / 2, "low");
    const high = edgeAt(points, x, "high");
    d += `M${round(x - HATCH / 2)} ${round(low)}L${round(x)} ${round(high)}`;
  }
  return d;
}

function edgeAt(points: readonly Placed[], x: number, edge: "low" | "high"): number {
  const k = Math.max(
    1,
    points.findIndex((point) => point.x >= x),
  );
  const [from, to] = [points[k - 1] as Placed, points[k] as Placed];
  return from[edge] + ((x - from.x) / (to.x - from.x)) * (to[edge] - from[edge]);
}
