// SPDX-License-Identifier: GPL-2.0-only
// What is shown, and at which step. Everything on the page is computed from this state.

import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type AddedPunch,
  hashingEvents,
  isSinglePunch,
  type Play,
  type Scenario,
  type VariantId,
} from "../../engine/index.ts";
import type { Frame } from "../scene/frame.ts";
import { knownObject } from "../scene/objectKnown.ts";
import { warming } from "../scene/warming.ts";
import type { Theme } from "../theme/theme.ts";
import {
  type Both,
  both,
  clockOf,
  type Moment,
  momentAt,
  type SharedClock,
  standing,
  timeMax,
  timeOf,
  timeOfStep,
} from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import { bringTo, type LiveRun, liveRun } from "./liveRun.ts";
import { type LoadEnv, loadPlay, loadRuns, loadScenario } from "./load.ts";
import { LoadTrouble } from "./loadTrouble.ts";
import { addedTime, openingTime } from "./opening.ts";
import { type Place, placeNamed } from "./place.ts";
import { seenZoom, zoomChanges } from "./zoom.ts";

/** A scenario that has been played. */
export interface Loaded {
  /** The name of the built-in. */
  readonly name: string;
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
  toggleCode(): void;
  /** Shows the timeline in the place of the event log, or the log again. */
  toggleTimeline(): void;
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

/** Played faster than this, marks simply appear: nobody can follow what moves. */
const MOTION_SPEED_MAX = 1;

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
    skipWasted: false,
    lit: null,
    pinned: null,
    draft: null,
    aside: { text: "", number: 0 },
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

  /** Shows `loaded` at `time`, and changes what else there is in the same moment. */
  function show(
    loaded: Loaded,
    time: number,
    runs: Both<LiveRun>,
    frames: Both<Frame>,
    change: Partial<LabState>,
  ): void {
    lives = runs;
    setState(({ revision }) => ({ loaded, time, frames, revision: revision + 1, ...change }));
  }

  function goTo(wanted: number): void {
    const { loaded, frames, time: before, revision, playing, speed } = getState();
    if (loaded === null || lives === null) return;
    const time = Math.min(Math.max(Math.round(wanted), 0), timeMax(loaded.clock));
    if (time === before) return;
    const isSeen = time === before + 1 && (!playing || speed <= MOTION_SPEED_MAX);
    try {
      const next = framesAt(loaded, lives, time, isSeen ? frames : null);
      setState({ time, frames: next, revision: revision + 1 });
    } catch (error) {
      // The live runs may have stopped half-way; what was shown is brought back from the recordings.
      lives = both(loaded.plays, (play) => liveRun(play, 0));
      setState({
        ...{ frames: framesAt(loaded, lives, before, null), revision: revision + 1, playing: false },
        trouble: `Step ${time} cannot be shown. ${messageOf(error)}`,
      });
    }
  }

  /** The environment of one loading: its pauses throw once the viewer has chosen something else. */
  function ticket(): { env: LoadEnv; isStale: () => boolean } {
    const own = ++newest;
    const isStale = () => own !== newest;
    const pause = async () => {
      await env.pause();
      if (isStale()) throw new Error("the viewer has chosen something else since");
    };
    return { env: { ...env, pause }, isStale };
  }

  /** Does `work` while the page says that `name` is on its way. Returns whether it was done. */
  async function loading(name: string, work: (own: LoadEnv) => Promise<void>): Promise<boolean> {
    const { env: own, isStale } = ticket();
    setState({ loading: name, trouble: null, playing: false });
    try {
      await work(own);
      return true;
    } catch (error) {
      if (!isStale()) setState({ loading: null, trouble: messageOf(error) });
      return false;
    }
  }

  async function playsOf(
    scenario: Scenario,
    designs: Both<VariantId>,
    known: ReadonlyMap<VariantId, Play>,
    own: LoadEnv,
  ): Promise<Pick<Loaded, "plays" | "played">> {
    const upper = known.get(designs[0]) ?? (await loadPlay(scenario, designs[0], own));
    const lower = known.get(designs[1]) ?? (await loadPlay(scenario, designs[1], own));
    const played = new Map([...known, [designs[0], upper] as const, [designs[1], lower] as const]);
    return { plays: [upper, lower], played };
  }

  /** Counts while the scene stands there already; whatever is chosen meanwhile ends it. */
  function countHashes({ plays }: Loaded, own: LoadEnv): void {
    const counted = async () => {
      await own.pause();
      const upper = await inSlices(hashingEvents(plays[0]), own.pause);
      return [upper, await inSlices(hashingEvents(plays[1]), own.pause)] as const;
    };
    counted().then(
      (hashes) => setState({ hashes }),
      () => {},
    );
  }

  /** `place` at the moment that it names, or else at the one that `when` finds. */
  const opened = (place: Place, when: (plays: Both<Play>, clock: SharedClock) => number, play: boolean) =>
    loading(place.scenario, async (own) => {
      const { scenario: name, punches } = place;
      const scenario = await loadScenario(name, punches, own);
      const { plays, played } = await playsOf(scenario, place.designs ?? scenario.show, new Map(), own);
      const only = place.only === null ? null : plays[0].variant === place.only ? 0 : 1;
      const loaded: Loaded = {
        ...{ name, punches, scenario, plays, played, only },
        clock: clockOf(plays, only),
      };
      const wrong = place.at === null ? null : complaintAbout(place.at, loaded);
      if (wrong !== null) throw new LoadTrouble(wrong);
      if (place.file !== null && !scenario.files.has(place.file))
        throw new LoadTrouble(`The scenario ${name} has no file ${place.file}.`);
      const time = place.at === null ? when(plays, loaded.clock) : timeOf(loaded.clock, place.at);
      const runs = await loadRuns(plays, loaded.clock, time, own);
      const frames = framesAt(loaded, runs, time, null);
      await inSlices(warming(frames), own.pause);
      const { file, pinned, code, log } = place;
      if (pinned !== null && plays.every((each) => knownObject(each, pinned) === null))
        throw new LoadTrouble(`The link pins ${pinned}, which the scenario ${name} does not have.`);
      const zoom = seenZoom(frames, place.zoom, file);
      show(loaded, time, runs, frames, {
        ...{ hashes: null, playing: play, loading: null, trouble: null, lit: null, draft: null },
        ...{ zoom, file, pinned, code, timeline: !log },
      });
      countHashes(loaded, own);
    });

  /** A place like the one that is shown, at the moment that suits it. */
  const like = (loaded: Loaded): Place => ({
    ...placeNamed(loaded.name),
    ...{ punches: loaded.punches, designs: both(loaded.plays, ({ variant }) => variant) },
    only: loaded.only === null ? null : loaded.plays[loaded.only].variant,
    ...{ code: getState().code, log: !getState().timeline },
  });

  return {
    store,
    goTo,
    open: (place) => opened(place, openingTime, false),
    async choose(name) {
      const { code, timeline } = getState();
      await opened({ ...placeNamed(name), code, log: !timeline }, openingTime, false);
    },
    async setDesigns(designs) {
      const { loaded } = getState();
      if (loaded === null) return;
      await loading(loaded.name, async (own) => {
        const { plays, played } = await playsOf(loaded.scenario, designs, loaded.played, own);
        const next = { ...loaded, plays, played, clock: clockOf(plays, loaded.only) };
        const time = timeOf(next.clock, momentAt(loaded.clock, getState().time));
        const runs = await loadRuns(plays, next.clock, time, own);
        const frames = framesAt(next, runs, time, null);
        await inSlices(warming(frames), own.pause);
        show(next, time, runs, frames, { hashes: null, loading: null });
        countHashes(next, own);
      });
    },
    setOnly(only) {
      const { loaded, time } = getState();
      if (loaded === null || lives === null || loaded.only === only) return;
      const clock = clockOf(loaded.plays, only);
      const next = { ...loaded, only, clock };
      const then = timeOf(clock, momentAt(loaded.clock, time));
      show(next, then, lives, framesAt(next, lives, then, null), {});
    },
    async punch(file, start, end) {
      const { loaded } = getState();
      if (loaded === null) return;
      const before = isSinglePunch(loaded.scenario.document) ? [] : loaded.punches;
      const punches = [...before, { file, start, end }];
      await opened({ ...like(loaded), punches, file: getState().file }, addedTime, true);
    },
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
    setSkipWasted: (skipWasted) => setState({ skipWasted }),
    light(object) {
      if (object !== getState().lit) setState({ lit: object });
    },
    pin: (object) => setState({ pinned: object }),
    setDraft: (draft) => setState({ draft }),
    say: (trouble) => setState({ trouble }),
    tell: (text) => setState(({ aside }) => ({ aside: { text, number: aside.number + 1 } })),
    dismiss: () => setState({ trouble: null }),
  };
}

/** The place that is shown, or null before the first one is. */
export function placeShown(state: LabState): Place | null {
  const { loaded, time, zoom, file, pinned, theme, code, timeline } = state;
  if (loaded === null) return null;
  const { name, punches, plays, only, clock } = loaded;
  return {
    ...{ scenario: name, punches, designs: both(plays, ({ variant }) => variant), at: momentAt(clock, time) },
    only: only === null ? null : plays[only].variant,
    ...{ zoom, file, pinned, theme, code, log: !timeline },
  };
}

/** What is wrong with a moment that a link names, or null where there is such a one. */
function complaintAbout({ operation, step }: Moment, { name, clock }: Loaded): string | null {
  const operations = clock.begins.length - 1;
  if (operation >= operations)
    return `The link names operation ${operation + 1}; ${name} has ${operations} of them as it is shown here.`;
  const length = (clock.begins[operation + 1] ?? 0) - (clock.begins[operation] ?? 0);
  return step > length
    ? `The link names step ${step} of operation ${operation + 1}, which has ${length} in ${name}.`
    : null;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
