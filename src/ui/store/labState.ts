// SPDX-License-Identifier: GPL-2.0-only
// What the lab holds, and what it can be asked to do.

import type { StoreApi } from "zustand/vanilla";
import type { AddedPunch, Play, Scenario, VariantId } from "../../engine/index.ts";
import type { Frame } from "../scene/frame.ts";
import type { Words } from "../scene/fanout/settings.ts";
import type { Theme } from "../theme/theme.ts";
import type { CapturePart, OpenCapture } from "./capture.ts";
import type { Both, SharedClock } from "./clock.ts";
import type { Place, View } from "./place.ts";

/** A scenario that has been played. */
export interface Loaded {
  /** The name of the built-in, or of the log's file. */
  readonly name: string;
  /** Null where it is no recording. */
  readonly capture: CapturePart | null;
  /** What the viewer added to it. */
  readonly punches: readonly AddedPunch[];
  readonly scenario: Scenario;
  /** The two designs that are shown, upper one first. */
  readonly plays: Both<Play>;
  /** All designs that have been played, those that are not shown just now too. */
  readonly played: ReadonlyMap<VariantId, Play>;
  /** The one of `plays` that is shown alone, or null. */
  readonly only: 0 | 1 | null;
  readonly clock: SharedClock;
}

export interface LabState {
  /** Null until the first scenario is there. */
  readonly loaded: Loaded | null;
  /** Steps on the shared clock, over all operations. */
  readonly time: number;
  /** A fresh pair for each change; their worlds are live. */
  readonly frames: Both<Frame> | null;
  /** Grows with every change of `frames`. */
  readonly revision: number;
  /** Each design's events in eight hex digits; null until they have been counted. */
  readonly hashes: Both<string> | null;
  readonly playing: boolean;
  /** The built-in that is on its way, or null. */
  readonly loading: string | null;
  /** What went wrong last, and what to do about it; null where nothing did. */
  readonly trouble: string | null;
  /** 0 is the window that suits the operation; each +1 is 64 times nearer. */
  readonly zoom: number;
  /** The file that the viewer chose to see; null leaves it to the operation. */
  readonly file: string | null;
  /** Whether the source of the running path is shown. */
  readonly code: boolean;
  /** Whether the timeline stands in the foot; else the event log does. */
  readonly timeline: boolean;
  /** Whether a recording has its overview in the place of the timeline. */
  readonly overview: boolean;
  /** A place in a recording that is not open here: the page asks for its log. */
  readonly wanted: Place | null;
  readonly view: View;
  /** What the fan-out view is set to; kept while the lab is shown. */
  readonly fanout: Words;
  readonly theme: Theme;
  /** Times the calm rate at which a run plays: 1 is four steps a second. */
  readonly speed: number;
  /** Whether steps and playing pass over what is wasted in both designs. */
  readonly skipWasted: boolean;
  /** The object that the pointer or the focus is on, as scene/object.ts names objects; lit up wherever it is drawn. */
  readonly lit: string | null;
  /** The object that stays lit until the viewer lets go of it. */
  readonly pinned: string | null;
  /** File pages [start, end) that the viewer is about to punch; null where none are chosen. */
  readonly draft: { readonly start: number; readonly end: number } | null;
  /** What was said last to those who listen, beside the run itself, and how often something was. */
  readonly aside: { readonly text: string; readonly number: number };
}

export interface Lab {
  readonly store: StoreApi<LabState>;
  /** Fetches, plays and shows a built-in. Whatever goes wrong leaves what is shown as it was. */
  choose(name: string): Promise<void>;
  /**
   * Shows `place`. Where it cannot be shown, what is shown stays as it was.
   *
   * Returns: whether it is shown. Not where something else was chosen meanwhile.
   */
  open(place: Place): Promise<boolean>;
  /** Whether `place` lies in a recording that is not open here. */
  lacks(place: Place): boolean;
  /** Asks the viewer for the recording in which `place` lies; null asks for none. */
  want(place: Place | null): void;
  /** Shows a recording of the viewer's, where the link that asked for it says, if one did. */
  showCapture(capture: OpenCapture): Promise<boolean>;
  /** Shows step `step`, at least 1, of operation `operation` of the recording, in whichever part that lies; goes on playing if it did. */
  goToOperation(operation: number, step?: number): Promise<void>;
  /** Shows other designs of the scenario, at the same step of the same operation. */
  setDesigns(designs: Both<VariantId>): Promise<void>;
  /** Shows the upper (0) or the lower design (1) alone, or both (null). */
  setOnly(only: 0 | 1 | null): void;
  /** Runs the scenario with file pages [start, end) of the shown file punched, from that punch on. */
  punch(file: string, start: number, end: number): Promise<void>;
  /** Shows `time`, brought between 0 and the end. */
  goTo(time: number): void;
  /** Shows what `design` was like after `step` steps of its run. */
  goToStep(design: 0 | 1, step: number): void;
  /** Starts or stops playing; from the end it starts over. */
  setPlaying(playing: boolean): void;
  /** Looks 64 times nearer (+1) or from 64 times farther (-1); nothing where there is no more to see. */
  zoomBy(by: 1 | -1): void;
  setFile(file: string | null): void;
  /** Shows the lab or the fan-out view; what plays stops. */
  setView(view: View): void;
  setFanout(fanout: Words): void;
  toggleCode(): void;
  /** Shows the timeline in the place of the event log, or the log again. */
  toggleTimeline(): void;
  /** Shows the steps of the shown part in the place of a recording's overview, or the overview again. */
  toggleOverview(): void;
  setTheme(theme: Theme): void;
  setSpeed(speed: number): void;
  setSkipWasted(skipWasted: boolean): void;
  light(object: string | null): void;
  /** Keeps `object` lit; null lets go. */
  pin(object: string | null): void;
  setDraft(draft: LabState["draft"]): void;
  say(trouble: string): void;
  /** Says something to those who listen, and shows nothing. */
  tell(aside: string): void;
  dismiss(): void;
}
