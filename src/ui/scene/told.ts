// SPDX-License-Identifier: GPL-2.0-only
// What the shown operation has told up to now. Whatever lights a memslot comes from here, and so from an event.

import { FALLOC_FL, type LabEvent, type Play, pgoffOf } from "../../engine/index.ts";
import { type Frame, shownSteps } from "./frame.ts";

/** A hole that was asked for: file pages [start, end), whole pages also where the bytes are not. */
export interface Punch {
  readonly task: number;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** How far it is: no walk is over, the start walk is, the end walk is, back in user space. */
  phase: "entered" | "started" | "ended" | "returned";
}

/** What one notifier heard. */
export interface Call {
  readonly notifier: number;
  readonly memslot: string;
  starts: number;
  ends: number;
  /** Some start, some end, had something to do. */
  /** Whether the call that was made last had something to do. */
  lastHit: boolean;
  startHit: boolean;
  endHit: boolean;
}

/** One pass over the notifiers or bindings of a file. */
export interface Walk {
  readonly task: number;
  readonly file: string;
  readonly edge: "start" | "end";
  readonly start: number;
  open: boolean;
  /** The step that completed it, as an index into the recording; null while it is open. */
  completedIn: number | null;
  /** The notifier it came to last; null before the first, and where it found none. */
  at: number | null;
  /** The notifier it called last; null before the first call. The walk has come to the next one by then. */
  called: number | null;
  /** The index of the entry that it came to last; where the look-up began until then. */
  index: number;
  /** The notifiers it came to. */
  readonly came: Set<number>;
}

export type Refused = Extract<LabEvent, { type: "bind.refused" }>;
type Runs = (readonly [start: number, end: number])[];
export type Zap = Extract<LabEvent, { type: "spte.zapped" }>;

/**
 * Everything but walks only grows while an operation is heard, and hearing it again comes to the same: so within one
 * operation `versions` that are equal stand for equal contents.
 */
export interface Told {
  readonly versions: Readonly<Record<Version, number>>;
  readonly punches: readonly Punch[];
  readonly calls: ReadonlyMap<number, Call>;
  /** The calls that had something to do, in the order in which that was heard. */
  readonly needed: readonly Call[];
  readonly walks: readonly Walk[];
  readonly refused: readonly Refused[];
  /** Pages that were freed, by file. */
  readonly freed: ReadonlyMap<string, Runs>;
  /** gfns that were zapped, by VM; and the zaps one by one. */
  readonly zapped: ReadonlyMap<string, Runs>;
  readonly zaps: ReadonlyMap<string, readonly Zap[]>;
}

/** How often what stands under that name in Told has changed. */
type Version = "punches" | "calls" | "refused" | "freed" | "zapped";

/** What has been listened to so far: the steps [first, end) of one operation. */
interface Heard {
  readonly operation: number;
  end: number;
  readonly versions: Record<Version, number>;
  readonly punches: Punch[];
  readonly calls: Map<number, Call>;
  readonly needed: Call[];
  readonly walks: Walk[];
  readonly refused: Refused[];
  readonly freed: Map<string, Runs>;
  readonly zapped: Map<string, Runs>;
  readonly zaps: Map<string, Zap[]>;
}

const heardOf = new WeakMap<Play, Heard>();

/**
 * What the operation of `frame` has told by its step. Stepping on listens to the new steps only; like the frame's
 * world, what is returned is to be read while drawing and not to be kept.
 */
export function toldBy(frame: Frame): Told {
  const { first, end } = shownSteps(frame);
  let heard = heardOf.get(frame.play);
  if (heard === undefined || heard.operation !== frame.operation || heard.end > end) {
    heard = {
      ...{ operation: frame.operation, end: first, punches: [], calls: new Map(), walks: [], refused: [] },
      ...{ needed: [], freed: new Map(), zapped: new Map(), zaps: new Map() },
      versions: { punches: 0, calls: 0, refused: 0, freed: 0, zapped: 0 },
    };
    heardOf.set(frame.play, heard);
  }
  for (; heard.end < end; heard.end++) {
    const { task, events } = frame.play.recording.steps[heard.end]!;
    for (const event of events) hear(heard, heard.end, task, event);
  }
  return heard;
}

function hear(heard: Heard, step: number, task: number, event: LabEvent): void {
  const { versions, punches, walks, refused, freed, zapped, zaps } = heard;
  switch (event.type) {
    case "fallocate.entered":
      if ((event.mode & FALLOC_FL.PUNCH_HOLE) === 0) break;
      punches.push(punchOf(task, event));
      versions.punches++;
      break;
    case "walk.begun": {
      const { file, edge, start } = event;
      const nowhere = { at: null, called: null, completedIn: null, index: start, came: new Set<number>() };
      walks.push({ task, file, edge, start, open: true, ...nowhere });
      break;
    }
    case "walk.ended": {
      const walk = openWalk(walks, task);
      if (walk !== undefined) Object.assign(walk, { open: false, completedIn: step });
      setPhase(heard, task, event.edge === "start" ? "started" : "ended");
      break;
    }
    case "list.read":
    case "xarray.read":
      come(openWalk(walks, task), event);
      break;
    case "notifier.start":
    case "notifier.end": {
      called(heard, event);
      const walk = openWalk(walks, task);
      if (walk !== undefined) walk.called = event.notifier;
      break;
    }
    case "bind.refused":
      refused.push(event);
      versions.refused++;
      break;
    case "shmem.punched":
    case "file.released":
      add(freed, event.file, event.freed);
      versions.freed++;
      break;
    case "spte.zapped":
      add(zapped, event.vm, event.zapped);
      addZap(zaps, event);
      versions.zapped++;
      break;
    case "operation.returned":
      setPhase(heard, task, "returned");
      break;
  }
}

const openWalk = (walks: readonly Walk[], task: number) =>
  walks.findLast((walk) => walk.open && walk.task === task);

function punchOf(task: number, { file, offset, len }: { file: string; offset: bigint; len: bigint }): Punch {
  const start = pgoffOf(offset);
  const end = len > 0n ? pgoffOf(offset + len - 1n) + 1 : start;
  return { task, file, start, end, phase: "entered" };
}

function setPhase({ punches, versions }: Heard, task: number, phase: Punch["phase"]): void {
  const punch = punches.findLast((own) => own.task === task);
  if (punch === undefined) return;
  punch.phase = phase;
  versions.punches++;
}

function come(walk: Walk | undefined, read: { notifier: number | null; index?: number | null }): void {
  if (walk === undefined || read.notifier === null) return;
  walk.at = read.notifier;
  walk.came.add(read.notifier);
  walk.index = read.index ?? walk.index;
}

function called(
  { calls, needed, versions }: Heard,
  { type, notifier, memslot, hit }: Extract<LabEvent, { type: "notifier.start" | "notifier.end" }>,
): void {
  let call = calls.get(notifier);
  if (call === undefined) {
    call = { notifier, memslot, starts: 0, ends: 0, lastHit: hit, startHit: false, endHit: false };
    calls.set(notifier, call);
  }
  if (hit && !wasNeeded(call)) needed.push(call);
  call.lastHit = hit;
  if (type === "notifier.start") {
    call.starts++;
    call.startHit ||= hit;
  } else {
    call.ends++;
    call.endHit ||= hit;
  }
  versions.calls++;
}

const add = (runs: Map<string, Runs>, key: string, more: Readonly<Runs>) => {
  const known = runs.get(key);
  if (known === undefined) runs.set(key, [...more]);
  else known.push(...more);
};

const addZap = (zaps: Map<string, Zap[]>, zap: Zap) => {
  const known = zaps.get(zap.vm);
  if (known === undefined) zaps.set(zap.vm, [zap]);
  else known.push(zap);
};

/** The notifier that a walk of `frame` is at: the one it called last, also in the step that completes the walk. */
export const currentOf = (walk: Walk | null, { step }: Frame): number | null =>
  walk !== null && (walk.open || walk.completedIn === step - 1) ? (walk.called ?? walk.at) : null;

/** Whether a call had something to do. */
export const wasNeeded = (call: Call): boolean => call.startHit || call.endHit;
