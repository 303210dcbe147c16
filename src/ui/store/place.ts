// SPDX-License-Identifier: GPL-2.0-only
// A place in the lab: all that makes two viewers see the same picture. A link is a place in writing.

import type { AddedPunch, VariantId } from "../../engine/index.ts";
import type { Words } from "../scene/fanout/settings.ts";
import type { Theme } from "../theme/theme.ts";
import type { Both, Moment } from "./clock.ts";

/** Which log a link speaks of: its file's name, and a short name of its content. */
export interface RecordingName {
  readonly name: string;
  readonly print: string;
}

/** What is shown of it all: a scenario played, or what punches cost by the number of memslots. */
export type View = "lab" | "fanout";

export interface Place {
  /** Of the built-in; "" where it is a recording of the viewer's. */
  readonly scenario: string;
  /** A recording that is not in the link and has to be there already; null for a built-in. */
  readonly recording: RecordingName | null;
  /** The operation of a recording with which the part that is shown begins; null leaves it to `at`. */
  readonly from: number | null;
  /** The viewer's own, in the order in which they were added. */
  readonly punches: readonly AddedPunch[];
  /** Upper one first; null leaves it to the scenario. */
  readonly designs: Both<VariantId> | null;
  /** The one design that is shown alone, or null. */
  readonly only: VariantId | null;
  /** Null leaves it to the scenario. Of a recording the operation is counted from its first one. */
  readonly at: Moment | null;
  readonly zoom: number;
  readonly file: string | null;
  readonly pinned: string | null;
  /** Null leaves it to the viewer. */
  readonly theme: Theme | null;
  readonly code: boolean;
  /** The event log stands in the place of the timeline. */
  readonly log: boolean;
  /** Of a recording the steps of the shown part stand in the place of its overview. */
  readonly steps: boolean;
  readonly view: View;
  /** What the fan-out view is set to, as settings.ts words it; of the lab none. */
  readonly fanout: Words;
}

/** Where a scenario opens when nothing but its name is known. */
export const placeNamed = (scenario: string): Place => ({
  ...{
    scenario,
    recording: null,
    from: null,
    punches: [],
    designs: null,
    only: null,
    at: null,
    zoom: 0,
    file: null,
    pinned: null,
  },
  ...{ theme: null, code: false, log: false, steps: false, view: "lab", fanout: {} },
});
