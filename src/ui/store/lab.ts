// SPDX-License-Identifier: GPL-2.0-only
// What is shown, and at which step. Everything on the page is computed from this state.

import { createStore, type StoreApi } from "zustand/vanilla";
import { hashingEvents, type Play, type Scenario } from "../../engine/index.ts";
import type { Frame } from "../scene/frame.ts";
import { warming } from "../scene/warming.ts";
import type { Theme } from "../theme/theme.ts";
import { type Both, both, momentAt, type SharedClock, standing, timeMax, timeOfStep } from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import { bringTo, type LiveRun, liveRun } from "./liveRun.ts";
import { type LoadEnv, loadBuiltIn } from "./load.ts";
import { zoomChanges } from "./zoom.ts";

/** A scenario that has been played. */
export interface Loaded {
  /** The name of the built-in. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly plays: Both<Play>;
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
  /** Whether the timeline stands where the event log does otherwise. */
  readonly timeline: boolean;
  readonly theme: Theme;
  /** Times the calm rate at which a run plays: 1 is a step slow enough to follow. */
  readonly speed: number;
  /** The object that the pointer or the focus is on, as scene/object.ts names objects; lit up wherever it is drawn. */
  readonly lit: string | null;
  /** The object that stays lit until the viewer lets go of it. */
  readonly pinned: string | null;
  /** File pages [start, end) that the viewer is about to punch; null where none are chosen. */
  readonly draft: { readonly start: number; readonly end: number } | null;
}

export interface Lab {
  readonly store: StoreApi<LabState>;
  /** Fetches, plays and shows a built-in. Whatever goes wrong leaves what is shown as it was. */
  choose(name: string): Promise<void>;
  /** Shows `time`, brought between 0 and the end. */
  goTo(time: number): void;
  /** Shows what `design` was like after `step` steps of its run. */
  goToStep(design: 0 | 1, step: number): void;
  /** Starts or stops playing; from the end it starts over. */
  setPlaying(playing: boolean): void;
  /** Looks 64 times nearer (+1) or from 64 times farther (-1); nothing where there is no more to see. */
  zoomBy(by: 1 | -1): void;
  setFile(file: string | null): void;
  toggleCode(): void;
  /** Shows the timeline in the place of the event log, or the log again. */
  toggleTimeline(): void;
  setTheme(theme: Theme): void;
  setSpeed(speed: number): void;
  light(object: string | null): void;
  /** Keeps `object` lit; null lets go. */
  pin(object: string | null): void;
  setDraft(draft: LabState["draft"]): void;
  dismiss(): void;
}

export function createLab(env: LoadEnv, theme: Theme): Lab {
  const store = createStore<LabState>(() => ({
    loaded: null,
    time: 0,
    frames: null,
    revision: 0,
    hashes: null,
    playing: false,
    loading: null,
    trouble: null,
    zoom: 0,
    file: null,
    code: false,
    timeline: true,
    theme,
    speed: 1,
    lit: null,
    pinned: null,
    draft: null,
  }));
  const { getState, setState } = store;
  let lives: Both<LiveRun> | null = null;
  let newest = 0;

  function framesAt(
    { clock, plays }: Loaded,
    runs: Both<LiveRun>,
    time: number,
    before: Both<Frame> | null,
  ): Both<Frame> {
    const moment = momentAt(clock, time);
    return both(plays, (play, design): Frame => {
      const { step, waiting } = standing(clock, design, moment);
      const shown = before?.[design];
      const from = shown?.step ?? null;
      // A design that waits is the same picture; nothing of it is drawn again.
      if (waiting && shown?.waiting && shown.from === step && shown.operation === moment.operation)
        return shown;
      const world = bringTo(runs[design], step);
      return {
        play,
        operations: clock.operations[design],
        operation: moment.operation,
        step,
        from: from !== null && from <= step ? from : null,
        waiting,
        world,
      };
    });
  }

  function show(loaded: Loaded, time: number, runs: Both<LiveRun>, frames: Both<Frame>): void {
    lives = runs;
    setState(({ revision }) => ({
      ...{ loaded, time, frames, revision: revision + 1, hashes: null, playing: false },
      ...{ loading: null, trouble: null, zoom: 0, file: null },
    }));
  }

  function goTo(wanted: number): void {
    const { loaded, frames, time: before, revision } = getState();
    if (loaded === null || lives === null) return;
    const time = Math.min(Math.max(Math.round(wanted), 0), timeMax(loaded.clock));
    if (time === before) return;
    const stepped = time === before + 1 ? frames : null;
    try {
      setState({ time, frames: framesAt(loaded, lives, time, stepped), revision: revision + 1 });
    } catch (error) {
      // The live runs may have stopped half-way; what was shown is brought back from the recordings.
      lives = both(loaded.plays, (play) => liveRun(play, 0));
      setState({
        ...{ frames: framesAt(loaded, lives, before, null), revision: revision + 1, playing: false },
        trouble: `Step ${time} cannot be shown. ${messageOf(error)}`,
      });
    }
  }

  async function choose(name: string): Promise<void> {
    const ticket = ++newest;
    const isStale = () => ticket !== newest;
    const pause = async () => {
      await env.pause();
      if (isStale()) throw new Error("the viewer has chosen another scenario since");
    };
    setState({ loading: name, trouble: null, playing: false });
    try {
      const { time, lives: runs, ...played } = await loadBuiltIn(name, { ...env, pause });
      const loaded = { name, ...played };
      const frames = framesAt(loaded, runs, time, null);
      await inSlices(warming(frames), pause);
      show(loaded, time, runs, frames);
      await pause();
      const upper = await inSlices(hashingEvents(played.plays[0]), pause);
      setState({ hashes: [upper, await inSlices(hashingEvents(played.plays[1]), pause)] });
    } catch (error) {
      if (!isStale()) setState({ loading: null, trouble: messageOf(error) });
    }
  }

  return {
    store,
    choose,
    goTo,
    goToStep(design, step) {
      const { loaded } = getState();
      if (loaded !== null) goTo(timeOfStep(loaded.clock, design, step));
    },
    setPlaying(playing) {
      const { loaded, time } = getState();
      if (loaded === null) return;
      if (playing && time === timeMax(loaded.clock)) goTo(0);
      setState({ playing });
    },
    zoomBy(by) {
      const { frames, zoom, file } = getState();
      if (frames !== null && zoomChanges(frames, zoom, file, by)) setState({ zoom: zoom + by });
    },
    setFile: (file) => setState({ file }),
    toggleTimeline: () => setState(({ timeline }) => ({ timeline: !timeline })),
    toggleCode: () => setState(({ code }) => ({ code: !code })),
    setTheme: (next) => setState({ theme: next }),
    setSpeed: (speed) => setState({ speed }),
    light(object) {
      if (object !== getState().lit) setState({ lit: object });
    },
    pin: (object) => setState({ pinned: object }),
    setDraft: (draft) => setState({ draft }),
    dismiss: () => setState({ trouble: null }),
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
