// SPDX-License-Identifier: GPL-2.0-only
// A recording that is open: the page knows what it says as a whole, and asks for the part that is played.

import type { AddedPunch, Scenario } from "../../engine/index.ts";
import type { CaptureView, Cuts, Part, ReadRequest } from "../worker/protocol.ts";
import type { Place } from "./place.ts";

export interface OpenCapture {
  readonly view: CaptureView;
  /** What it was read from: a memory map that comes later is read together with the same log. */
  readonly request: ReadRequest;
  /** The part that begins with operation `from`, a multiple of `view.every`. */
  part(from: number): Promise<Part>;
  /** Its memslots, and its bills over the file that most punches hit, cut into each of `sizes` memslots. */
  cuts(sizes: readonly number[]): Promise<Cuts>;
  /** All of it as the text of a scenario. */
  text(): Promise<string>;
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

/** What a part has to say of its neighbours. Punches of the viewer's own belong to one part, which nothing then leaves. */
interface InPart {
  readonly capture: CapturePart | null;
  readonly punches: readonly AddedPunch[];
}

/** Whether playing leads from the end of what is shown into another part of the same recording. */
export const isBeforeMore = ({ capture, punches }: InPart): boolean =>
  capture !== null && punches.length === 0 && endOf(capture) < operationsOf(capture);

/** Whether stepping back leads from its beginning into another part. */
export const isAfterMore = ({ capture, punches }: InPart): boolean =>
  capture !== null && punches.length === 0 && capture.from > 0;

/** Whether there is more to a recording than what is played of it. A scenario that is not to be cut has no overview. */
export const hasOverview = (loaded: { readonly capture: CapturePart | null } | null): boolean =>
  loaded !== null && loaded.capture !== null && loaded.capture.of.view.costs.length > 0;

/** A scenario, and of a recording which part of it that is. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly capture: CapturePart | null;
}

/** Recordings that are open, by keyOf(). */
export type OpenCaptures = Map<string, OpenCapture>;

/** By what an open recording is found again: a built-in by its name, a viewer's own by its content. */
export const keyOf = ({ scenario, recording }: Pick<Place, "scenario" | "recording">): string =>
  recording === null ? scenario : `=${recording.print}`;
