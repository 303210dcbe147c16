// SPDX-License-Identifier: GPL-2.0-only
// What a chart is made of: shapes and words with the names of their colours. The page draws them as SVG, a file is written
// from them, and a picture painted.

/** A colour by its name in theme/tokens.css. */
export type Ink = "ink" | "ink-2" | "ink-3" | "line" | "line-strong" | "list" | "xarray" | "bg" | "raised";

export interface ShapeMark {
  readonly kind: "shape";
  readonly key: string;
  /** SVG path data. */
  readonly d: string;
  readonly fill: Ink | null;
  readonly stroke: Ink | null;
  readonly width: number;
  readonly dash: readonly number[];
  readonly opacity: number;
}

export interface TextMark {
  readonly kind: "text";
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: number;
  readonly anchor: "start" | "middle" | "end";
  readonly fill: Ink;
}

export type Mark = ShapeMark | TextMark;

/** A picture of `width` by `height` pixels; what comes later lies above. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export const shape = (key: string, d: string, style: Partial<ShapeMark>): ShapeMark => ({
  ...{ kind: "shape", key, d, fill: null, stroke: null, width: 1, dash: [], opacity: 1 },
  ...style,
});

export const word = (
  key: string,
  [x, y]: readonly [number, number],
  text: string,
  style: Partial<TextMark> = {},
): TextMark => ({
  ...{ kind: "text", key, x: round(x), y: round(y), text },
  ...{ size: 12, weight: 400, anchor: "start", fill: "ink-2" },
  ...style,
});

export const round = (n: number): number => Math.round(n * 10) / 10;

export type Point = readonly [x: number, y: number];

export const polyline = (points: readonly Point[]): string =>
  points.map(([x, y], k) => `${k === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");

/** A design's, or a diamond for what no design is. */
export type Sign = "circle" | "square" | "triangle" | "diamond";

/** What tells lines apart where colours do not. `r` is about half of its width. */
export function signPath(sign: Sign, x: number, y: number, r: number): string {
  const [cx, cy] = [round(x), round(y)];
  if (sign === "circle") return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  if (sign === "diamond")
    return `M${cx} ${round(cy - 1.3 * r)}l${round(1.3 * r)} ${round(1.3 * r)}l${round(-1.3 * r)} ${round(1.3 * r)}l${round(-1.3 * r)} ${round(-1.3 * r)}z`;
  if (sign === "square") return `M${cx - r} ${cy - r}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `M${cx} ${round(cy - 1.2 * r)}l${round(1.15 * r)} ${2 * r}h${round(-2.3 * r)}z`;
}
