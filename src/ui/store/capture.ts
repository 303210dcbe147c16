// SPDX-License-Identifier: GPL-2.0-only
// A recording that is open: the page knows what it says as a whole, and asks for the part that is played.

import type { CaptureView, Part, ReadRequest } from "../worker/protocol.ts";

export interface OpenCapture {
  readonly view: CaptureView;
  /** What it was read from: a memory map that comes later is read together with the same log. */
  readonly request: ReadRequest;
  /** The part that begins with operation `from`, a multiple of `view.every`. */
  part(from: number): Promise<Part>;
  /** All of it as the text of a scenario. */
  text(): Promise<string>;
}

/** Which log a link speaks of: its file's name, and a short name of its content. */
export interface RecordingName {
  readonly name: string;
  readonly print: string;
}

/** The part of a recording that is played. */
export interface CapturePart {
  readonly of: OpenCapture;
  /** The operation of the recording that the scenario's first one is. */
  readonly from: number;
}

/** How many operations the recording has. */
export const operationsOf = ({ of: { view } }: CapturePart): number => view.columns.kind.length;

/** The operation behind the last one of the part; that of the recording at most. */
export const endOf = (part: CapturePart): number =>
  Math.min(part.from + part.of.view.every, operationsOf(part));

/** Whether there is more to a recording than what is played of it. A scenario that is not to be cut has no overview. */
export const hasOverview = (loaded: { readonly capture: CapturePart | null } | null): boolean =>
  loaded !== null && loaded.capture !== null && loaded.capture.of.view.costs.length > 0;
