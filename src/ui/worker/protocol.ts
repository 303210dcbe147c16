// SPDX-License-Identifier: GPL-2.0-only
// What the page and the worker that holds a recording say to each other. The worker keeps the whole of it; the page gets
// columns of numbers, and the part that is played.

import type {
  BlockMatch,
  CaptureProblem,
  CaptureSummary,
  Counters,
  CutBill,
  ScenarioDocument,
  VariantId,
} from "../../engine/index.ts";

/** A file of the viewer's: a log, a memory map, or a scenario. */
export interface Source {
  readonly name: string;
  readonly blob: Blob;
}

export interface ReadRequest {
  readonly type: "read";
  readonly log: Source;
  readonly map: Source | null;
  /** The built-in that the two files are, or null. */
  readonly builtIn: string | null;
}

/** Each is answered by one answer of the same type. */
export type Request =
  | ReadRequest
  /** The operations [from, from + view.every) as a scenario. */
  | { readonly type: "window"; readonly from: number }
  /** All of it as the text of a scenario. */
  | { readonly type: "text" }
  /** Its memslots, and its bill over the file that most punches hit, cut into each of `sizes` memslots. */
  | { readonly type: "cuts"; readonly sizes: readonly number[] };

export type Answer =
  | {
      readonly type: "progress";
      readonly doing: "reading" | "counting";
      readonly done: number;
      readonly of: number;
    }
  | { readonly type: "read"; readonly view: CaptureView }
  | { readonly type: "window"; readonly part: Part }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "cuts"; readonly cuts: Cuts }
  /** The request cannot be met; `says` is for the viewer. */
  | { readonly type: "refused"; readonly says: string };

/** A memslot: pages [start, end) of a file. */
export interface SlotRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface Cuts {
  /** The memslots that are left at the end, by where they lie. */
  readonly slots: readonly SlotRange[];
  /** By size that was asked for: a bill of every design, or why there is none. */
  readonly sizes: readonly {
    readonly slots: number;
    readonly bills: readonly CutBill[];
    readonly trouble: string | null;
  }[];
}

/** A part of a recording, and by design the counts before it; null where it is all there is. */
export interface Part {
  readonly document: ScenarioDocument;
  readonly before: ReadonlyMap<VariantId, Counters> | null;
}

/** By operation: callbacks of both walks, those that had nothing to do, and pages freed. */
export interface Costs {
  readonly variant: VariantId;
  readonly calls: Uint32Array;
  /** Callbacks before operation k, by k; one more for all of them. */
  readonly callsBefore: Float64Array;
  readonly wasted: Uint32Array;
  readonly freed: Uint32Array;
  readonly total: Counters;
}

/** By operation; pages [start, end) of `files[file]`. */
export interface Columns {
  /** An index into KINDS. */
  readonly kind: Uint8Array;
  readonly file: Uint16Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Microseconds since the first time stamp; null where the recording has none. */
  readonly time: Float64Array | null;
}

/** What the overview tells apart. */
export const KINDS = ["punch", "createSlot", "deleteSlot", "other"] as const;

/** A recording as a whole. */
export interface CaptureView {
  /** The built-in's name, or the file's. */
  readonly name: string;
  readonly builtIn: boolean;
  /** A short name of its content, in eight hex digits. */
  readonly print: string;
  readonly title: string;
  /** Null where the file was a scenario already. */
  readonly summary: CaptureSummary | null;
  readonly problems: readonly CaptureProblem[];
  readonly notes: readonly string[];
  readonly blocks: readonly BlockMatch[];
  readonly assumed: readonly string[];
  /** Time of day at time 0, or null. */
  readonly started: string | null;
  readonly files: readonly { readonly name: string; readonly pages: number }[];
  readonly columns: Columns;
  /** Of every design. Empty where the file is played whole and has no overview. */
  readonly costs: readonly Costs[];
  /** So many operations are played at a time. */
  readonly every: number;
}
