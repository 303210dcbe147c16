// SPDX-License-Identifier: GPL-2.0-only
// One page's life under one design: what happened to it from the set-up to the end of the run, and how it is at a step.
//
// Events say what was done, and the worlds of a replay what came of it: a fallocate() does not tell which frame a page
// got, nor a touch which frame it was that another guest got.

import { drain, goTo, type LabEventType, type Play, type Slices, stepOn } from "../../engine/index.ts";
import { changesBetween, firstOf, staleText } from "./lifeChanges.ts";
import type { Moment, Said } from "./lifeMoment.ts";
import { type Followed, followed, isStale, type Sight, sightOf } from "./lifeSight.ts";
import { covering, hear, newHeard } from "./lifeTold.ts";

export interface Life {
  readonly own: Followed;
  /** The whole run, in its order. */
  readonly moments: readonly Moment[];
  /** How the page was seen from each of these steps on, ascending from 0. */
  readonly sights: readonly { readonly step: number; readonly sight: Sight }[];
}

const lastOf = new WeakMap<Play, Life>();

/** The life of page `page` of `file` in `play`, where it is the one that was asked for last; else null. */
export function knownLife(play: Play, file: string, page: number): Life | null {
  const life = lastOf.get(play);
  return life?.own.file === file && life.own.page === page ? life : null;
}

/** The life of page `page` of `file` in `play`. */
export const lifeOf = (play: Play, file: string, page: number): Life => drain(living(play, file, page));

/** lifeOf() in slices: a replay of 65,000 steps takes longer than a few frames. */
export function* living(play: Play, file: string, page: number): Slices<Life> {
  const known = knownLife(play, file, page);
  if (known !== null) return known;
  const life = yield* lived(play, followed(play, file, page));
  lastOf.set(play, life);
  return life;
}

/** How the page is after `step` steps. */
export const sightAt = ({ sights }: Life, step: number): Sight =>
  (sights.findLast((seen) => seen.step <= step) ?? sights[0]!).sight;

/** What a guest reads there that is not the file's page after `step` steps, or null: one line for each such guest. */
export function wrongReads(life: Life, step: number): readonly string[] {
  return sightAt(life, step).reaches.filter(isStale).map(staleText);
}

/** What these tell changes no page, no mapping and no translation: after most steps there is nothing to look at. */
const QUIET: ReadonlySet<LabEventType> = new Set([
  ...(["list.read", "xarray.read", "walk.begun", "walk.ended", "notifier.start", "notifier.end"] as const),
  ...(["lock.taken", "lock.released", "lock.waited", "srcu.entered", "srcu.left"] as const),
  ...(["bracket.begun", "bracket.ended", "fallocate.entered", "punch.begun"] as const),
]);

/** A slice ends after so many steps. */
const SLICE_STEPS = 512;

function* lived(play: Play, own: Followed): Slices<Life> {
  const { steps } = play.recording;
  const run = goTo(play.recording, 0);
  const heard = newHeard(play, own);
  let sight = sightOf(run.world, own, null, []);
  const sights = [{ step: 0, sight }];
  const said: (Said & { step: number })[] = firstOf(sight, play.scenario.assumed !== null).map(at(0));
  if (sight.reaches.length === 0) said.push(...covering(heard).map(at(0)));
  while (run.step < steps.length) {
    stepOn(play.recording, run);
    if (run.step % SLICE_STEPS === 0) yield;
    const record = steps[run.step - 1]!;
    const { events } = record;
    said.push(...events.flatMap((event) => hear(heard, record, event)).map(at(run.step)));
    if (events.every(({ type }) => QUIET.has(type))) continue;
    const now = sightOf(run.world, own, sight, events);
    said.push(...changesBetween(sight, now, events, own).map(at(run.step)));
    if (!isSame(sight, now)) sights.push({ step: run.step, sight: now });
    sight = now;
  }
  return { own, moments: folded(said), sights };
}

const at =
  (step: number) =>
  (said: Said): Said & { step: number } => ({ ...said, step });

const isSame = (a: Sight, b: Sight): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What happens again and again is one moment: a fault that is sent back for ever would fill the list. */
function folded(said: readonly (Said & { step: number })[]): Moment[] {
  const moments: Moment[] = [];
  for (let k = 0; k < said.length; ) {
    const { step, kind, text } = said[k]!;
    let past = k + 1;
    while (said[past]?.text === text) past++;
    moments.push({ key: `${k}`, step, kind, text: past - k > 1 ? `${text}, ${past - k} times` : text });
    k = past;
  }
  return moments;
}
