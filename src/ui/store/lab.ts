// SPDX-License-Identifier: GPL-2.0-only
// What is shown, and at which step. Everything on the page is computed from this state.

import { createStore } from "zustand/vanilla";
import {
  hashingEvents,
  isSinglePunch,
  type Play,
  type Scenario,
  type VariantId,
} from "../../engine/index.ts";
import type { Frame } from "../scene/frame.ts";
import { warming } from "../scene/warming.ts";
import type { Theme } from "../theme/theme.ts";
import {
  type Both,
  both,
  clockOf,
  momentAt,
  type SharedClock,
  standing,
  timeMax,
  timeOf,
  timeOfStep,
} from "./clock.ts";
import { inSlices } from "./inSlices.ts";
import { isBeforeMore, keyOf, type OpenCaptures } from "./capture.ts";
import { bringTo, type LiveRun, liveRun } from "./liveRun.ts";
import { loadPlay, loadRuns, loadScenario } from "./load.ts";
import type { Lab, LabState, Loaded } from "./labState.ts";
import type { LoadEnv } from "./loadEnv.ts";
import { LoadTrouble } from "./loadTrouble.ts";
import { openingTime } from "./opening.ts";
import { type Place, placeNamed, type View } from "./place.ts";
import { momentIn, namesOf } from "./placeShown.ts";
import type { Parts } from "./parts.ts";
import { seenZoom, zoomChanges } from "./zoom.ts";

export type { Lab, LabState, Loaded };

/** Played faster than this, marks simply appear: nobody can follow what moves. */
const MOTION_SPEED_MAX = 1;

/** `view`: what is shown before the first place is. */
export function createLab(env: LoadEnv, theme: Theme, view: View = "lab"): Lab {
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
    overview: true,
    wanted: null,
    view,
    fanout: {},
    theme,
    speed: 1,
    skipWasted: false,
    lit: null,
    pinned: null,
    draft: null,
    aside: { text: "", number: 0 },
  }));
  const { getState, setState } = store;
  const captures: OpenCaptures = new Map();
  let lives: Both<LiveRun> | null = null;
  let newest = 0;
  /** What leads from part to part of a recording; fetched with the first one. */
  let parts: Parts | null = null;

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
    if (time === before) {
      parts?.beyond(wanted);
      return;
    }
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
  async function loading(
    name: string,
    work: (own: LoadEnv) => Promise<void>,
    change: Partial<LabState> = { loading: name, playing: false },
  ): Promise<boolean> {
    const { env: own, isStale } = ticket();
    setState({ trouble: null, ...change });
    try {
      await work(own);
      return true;
    } catch (error) {
      if (!isStale()) setState({ loading: null, playing: false, trouble: messageOf(error) });
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

  /**
   * `place` at the moment that it names, or else at the one that `when` finds. With `play` null the viewer sees no
   * loading, and what was playing goes on.
   */
  const opened = (
    place: Place,
    when: (plays: Both<Play>, clock: SharedClock) => number,
    play: boolean | null,
  ): Promise<boolean> => {
    const name = place.recording?.name ?? place.scenario;
    const work = async (own: LoadEnv) => {
      const { scenario, capture } = await loadScenario(place, own, captures);
      const { plays, played } = await playsOf(scenario, place.designs ?? scenario.show, new Map(), own);
      if (capture !== null)
        parts ??= (await import("./parts.ts")).newParts({ state: getState, goTo, like, open: turned });
      const only = place.only === null ? null : plays[0].variant === place.only ? 0 : 1;
      const loaded: Loaded = {
        ...{ name, capture, punches: place.punches, scenario, plays, played, only },
        clock: clockOf(plays, only),
      };
      if (play !== null && (place.at ?? place.file ?? place.pinned ?? place.only) !== null) {
        const { troubleWith } = await import("./placeTrouble.ts");
        const wrong = troubleWith(place, loaded);
        if (wrong !== null) throw new LoadTrouble(wrong);
      }
      const at = place.at === null ? null : momentIn(loaded, place.at);
      const time = at === null ? when(plays, loaded.clock) : timeOf(loaded.clock, at);
      const runs = await loadRuns(plays, loaded.clock, time, own);
      const frames = framesAt(loaded, runs, time, null);
      await inSlices(warming(frames), own.pause);
      const { file, pinned, code, log, steps } = place;
      const zoom = seenZoom(frames, place.zoom, file);
      show(loaded, time, runs, frames, {
        ...{ hashes: null, loading: null, trouble: null, lit: null, draft: null, wanted: null },
        ...{ zoom, file, pinned, code, timeline: !log, overview: !steps },
        ...(play === null ? {} : { playing: play }),
      });
      countHashes(loaded, own);
    };
    return loading(name, work, play === null ? {} : undefined);
  };

  /** Another part of the recording. */
  const turned = (place: Place) => opened(place, openingTime, null);

  /** A place like the one that is shown, at the moment that suits it. */
  const like = (loaded: Loaded): Place => ({
    ...{ ...placeNamed(""), ...namesOf(loaded) },
    ...{ punches: loaded.punches, designs: both(loaded.plays, ({ variant }) => variant) },
    only: loaded.only === null ? null : loaded.plays[loaded.only].variant,
    ...{ code: getState().code, log: !getState().timeline, steps: !getState().overview },
  });

  return {
    store,
    goTo,
    open(place) {
      // At once: the view of a link does not wait for its scenario. Words of the view stay where a link has none.
      const { view, fanout } = place;
      setState(view === "lab" ? { view } : { view, fanout, playing: false });
      return opened(place, openingTime, false);
    },
    lacks: ({ recording, scenario }) => recording !== null && !captures.has(keyOf({ recording, scenario })),
    want: (wanted) => setState({ wanted }),
    showCapture(capture) {
      const { wanted } = getState();
      const { name, print } = capture.view;
      const place = { ...placeNamed(""), recording: { name, print } };
      captures.set(keyOf(place), capture);
      return opened(wanted?.recording?.print === print ? wanted : place, openingTime, false);
    },
    async goToOperation(operation, step = 1) {
      await parts?.goTo(operation, step);
    },
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
      const from = loaded.capture?.from ?? null;
      const { addedTime } = await import("./addedTime.ts");
      await opened({ ...like(loaded), from, punches, file: getState().file }, addedTime, true);
    },
    goToStep(design, step) {
      const { loaded } = getState();
      if (loaded !== null) goTo(timeOfStep(loaded.clock, design, step));
    },
    setPlaying(playing) {
      const { loaded, time } = getState();
      if (loaded === null) return;
      if (playing && time === timeMax(loaded.clock) && !isBeforeMore(loaded)) goTo(0);
      setState({ playing });
    },
    zoomBy(by) {
      const { frames, zoom, file } = getState();
      if (frames !== null && zoomChanges(frames, zoom, file, by)) setState({ zoom: zoom + by });
    },
    setFile: (file) => setState({ file }),
    toggleTimeline: () => setState(({ timeline }) => ({ timeline: !timeline })),
    toggleOverview: () => setState(({ overview }) => ({ overview: !overview, timeline: true })),
    setView: (next) => setState({ view: next, playing: false }),
    setFanout: (fanout) => setState({ fanout }),
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

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
