// SPDX-License-Identifier: GPL-2.0-only
// What a scene is made of: shapes with a place, a key that survives a move, and a look that says what they mean.

/** What a mark means; the style sheet of the rows gives each look its colour. */
export type Look =
  // the punched range, and the axis
  | "band"
  | "bandEdge"
  | "bandText"
  | "axis"
  | "figure"
  // memslots
  | "slot"
  | "slotNeeded"
  | "slotRefused"
  | "slotName"
  | "slotNameNeeded"
  | "unbound"
  | "conflict"
  | "violationText"
  // file pages
  | "allocated"
  | "hole"
  | "freed"
  | "slash"
  | "cutEdge"
  | "bad"
  // calls
  | "needed"
  | "wasted"
  | "wrapped"
  | "hatch"
  | "notCalled"
  | "current"
  | "link"
  | "linkAhead"
  | "number"
  | "numberOn"
  | "broken"
  // xa_nodes
  | "node"
  | "entry"
  | "entryName"
  | "child"
  | "dots"
  | "dotsOn"
  | "lookup"
  | "onPath"
  | "opens"
  // the raster of notifiers
  | "ring"
  // guest mappings
  | "mapped"
  | "unmapped"
  | "zapped"
  | "stale"
  | "flushed"
  | "zappedLeaf"
  // vCPUs and what they have cached
  | "tlb"
  | "tlbIn"
  | "tlbOut"
  | "cached"
  | "cachedStale"
  // the gfns of a guest, and its tables
  | "heldOff"
  | "heldEdge"
  | "heldWord"
  | "table"
  | "tableEntry"
  | "open"
  | "walked"
  | "tableWord"
  | "vcpuState"
  // what words stand on
  | "clear"
  | "plateIn"
  // for one step
  | "changed"
  | "trace"
  // words
  | "label"
  | "sublabel"
  | "word"
  | "cutWord"
  | "note";

export interface Rect {
  readonly shape: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Radius of the corners. */
  readonly rx?: number;
}

export interface Circle {
  readonly shape: "circle";
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}

export interface Path {
  readonly shape: "path";
  readonly d: string;
}

export interface Words {
  readonly shape: "text";
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly text: string;
  readonly anchor?: "start" | "middle" | "end";
}

/** Pixels; 0,0 is the upper left corner of the strip. Later marks lie on earlier ones. */
export type Mark = { readonly key: string; readonly look: Look } & (Rect | Circle | Path | Words);

/** Tells a mark from all others of its scene: keys are unique within a shape. */
export const idOf = ({ shape, key }: Mark): string => `${shape} ${key}`;

export interface Scene {
  /** Pixels. */
  readonly height: number;
  readonly marks: readonly Mark[];
  /** The VM whose row it is, where it is one VM's. */
  readonly vm?: string;
  /** The vCPU whose row it is, as events name it. */
  readonly vcpu?: string;
  /** The whole row in a sentence or two, for those who cannot see it. */
  readonly says: string;
}

/** The row's name, left of the strip; `y` is the middle of what it names. */
export const label = (text: string, y: number, key = "label"): Mark => ({
  ...{ shape: "text", key, look: "label", x: -12, y: y + 4.5, text, anchor: "end" },
});

/** About how wide `text` is in the strip's small type, in pixels; a little more rather than less. */
export const textWidth = (text: string): number => text.length * 7.3;

/** `4,096`: a number in words. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** `18–21` or `18`: pages [start, end) by their first and last. */
export const pagesText = (start: number, end: number): string =>
  end - start <= 1
    ? start.toLocaleString("en-GB")
    : `${start.toLocaleString("en-GB")}–${(end - 1).toLocaleString("en-GB")}`;
