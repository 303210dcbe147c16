// SPDX-License-Identifier: GPL-2.0-only
// Nothing flashes: no mark goes up and down in brightness more than three times in any second, at any speed.
import { readFileSync } from "node:fs";
import { group } from "d3";
import { describe, expect, it } from "vitest";
import { goTo, type Play, play, stepOn } from "../../engine/index.ts";
import { type Axis, axisFor } from "../scene/axis.ts";
import { callsScene } from "../scene/callsScene.ts";
import type { Frame } from "../scene/frame.ts";
import { scenarioFrom, scenarioNamed } from "../scene/framesOf.ts";
import { gfnStripScene } from "../scene/gfnStripScene.ts";
import { leavesScene } from "../scene/leavesScene.ts";
import { isLongList, listScene } from "../scene/listScene.ts";
import { mappingsScene } from "../scene/mappingsScene.ts";
import { idOf, type Scene } from "../scene/mark.ts";
import { memslotsScene } from "../scene/memslotsScene.ts";
import { motionsOf } from "../scene/motion.ts";
import type { Motion } from "../scene/movement.ts";
import { atMostThrice, fitted } from "../scene/motionPace.ts";
import { pagesScene } from "../scene/pagesScene.ts";
import { rasterScene } from "../scene/rasterScene.ts";
import { tlbScene } from "../scene/tlbScene.ts";
import { walkScene } from "../scene/walkScene.ts";
import { treeScene } from "../scene/treeScene.ts";
import { type Both, both, clockOf, momentAt, standing, timeMax } from "../store/clock.ts";
import { turnKeeper, turnsOf } from "./turns.ts";

const q35 = scenarioFrom(
  JSON.parse(readFileSync(new URL("../../../public/scenarios/q35-boot.json", import.meta.url), "utf8")),
);

/** What a run shows, one row: the looks of its marks after each step, and the motions of each step. */
interface Shown {
  readonly looks: ReadonlyMap<string, string>[];
  readonly motions: (readonly Motion[])[];
}

interface Run {
  readonly plays: Both<Play>;
  readonly clock: ReturnType<typeof clockOf>;
  readonly rows: readonly Shown[];
}

/** Every row of both designs, at every time of the clock, on the axis that they share. */
function runOf(name: string): Run {
  const scenario = name === "q35-boot" ? q35 : scenarioNamed(name);
  const plays: Both<Play> = [play(scenario, scenario.show[0]), play(scenario, scenario.show[1])];
  const clock = clockOf(plays);
  const runs = both(plays, ({ recording }) => goTo(recording, 0));
  const rows = new Map<string, Shown & { last?: { axis: Axis; scene: Scene } }>();
  let axis: Axis | null = null;
  let before: Both<Frame> | null = null;
  for (let time = 0; time <= timeMax(clock); time++) {
    const moment = momentAt(clock, time);
    const frames: Both<Frame> = both(plays, (own, design): Frame => {
      const { step, waiting } = standing(clock, design, moment);
      while (runs[design].step < step) stepOn(own.recording, runs[design]);
      const from = before?.[design].step ?? null;
      const operations = clock.operations[design];
      const { operation } = moment;
      return { play: own, operations, operation, step, from, waiting, world: runs[design].world };
    });
    const next: Axis = axisFor(frames);
    const shown: Axis = axis !== null && JSON.stringify(next) === JSON.stringify(axis) ? axis : next;
    both(frames, (frame, design) => {
      for (const [kind, scene] of Object.entries(scenesOf(shown, frame))) {
        if (scene === null) continue;
        const key = `${design} ${kind}`;
        const row = rows.get(key) ?? { looks: [], motions: [] };
        const isNext = row.last?.axis === shown;
        row.motions.push(isNext ? motionsOf(row.last!, { axis: shown, scene }, frame) : []);
        row.looks.push(new Map(scene.marks.map((mark) => [idOf(mark), mark.look])));
        rows.set(key, Object.assign(row, { last: { axis: shown, scene } }));
      }
    });
    [axis, before] = [shown, frames];
  }
  return { plays, clock, rows: [...rows.values()] };
}

function scenesOf(axis: Axis, frame: Frame): Record<string, Scene | null> {
  const scenes: Record<string, Scene | null> = {
    memslots: memslotsScene(axis, frame),
    pages: pagesScene(axis, frame),
    calls: callsScene(axis, frame),
    index: isLongList(axis, frame)
      ? rasterScene(axis, frame)
      : (listScene(axis, frame) ?? treeScene(axis, frame)),
  };
  for (const { name: vm, vcpus } of Object.values(frame.world.vms)) {
    scenes[vm] = vcpus.length > 0 ? leavesScene(axis, frame, vm) : mappingsScene(axis, frame, vm);
    for (const { id } of vcpus) scenes[`${vm} ${id}`] = tlbScene(axis, frame, vm, id);
    scenes[`gfns ${vm}`] = gfnStripScene(axis, frame, vm);
    scenes[`walk ${vm}`] = walkScene(axis, frame, vm, null);
  }
  return scenes;
}

const FRAMES_A_SECOND = 60;
const STEPS_A_SECOND = 4;

/** Motions are played up to this speed; above it marks simply appear. */
const PLAYED_MAX = 4;

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024];

/** A time of the clock that is drawn, after which one, at how many milliseconds, and how long after the last. */
interface Drawn {
  readonly before: number;
  readonly time: number;
  readonly now: number;
  readonly gap: number;
}

type Keeper = ReturnType<typeof turnKeeper>;

/** What a player draws at `speed`, 60 times a second, as far as `reach` lets it come. */
function drawn(run: Run, speed: number, reach: Keeper = turnKeeper()): Drawn[] {
  const all: Drawn[] = [];
  const end = timeMax(run.clock);
  for (let [frame, time, due, last] = [0, 0, 0, 0]; time < end; frame++) {
    const now = (1000 * frame) / FRAMES_A_SECOND;
    due += (STEPS_A_SECOND * speed) / FRAMES_A_SECOND;
    const steps = Math.floor(due + 1e-9);
    due -= steps;
    const wanted = Math.min(time + steps, end);
    const then = reach(run, time, wanted, now);
    due += wanted - then;
    if (then === time) continue;
    all.push({ before: time, time: then, now, gap: now - last });
    [time, last] = [then, now];
  }
  return all;
}

/** The marks of a row that move when it is so drawn, and when each begins to. */
function played({ motions }: Shown, times: readonly Drawn[]): { id: string; isRound: boolean; at: number }[] {
  const moved = new Map<string, number[]>();
  return times.flatMap(({ before, time, now, gap }) => {
    if (time !== before + 1) return [];
    const seen = atMostThrice(moved, fitted(motions[time]!, gap), now).filter(({ kind }) => kind !== "slide");
    // A mark and what it leaves behind are one; what is in its place before its turn does not move.
    return [...group(seen, ({ id }) => id)].map(([id, own]) => ({
      id,
      isRound: own.some(({ kind }) => ROUND.has(kind)),
      at: now + Math.min(...own.map(({ delay }) => delay)),
    }));
  });
}

/** The most that `times` holds within any second. */
const mostIn = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

/** How often any mark goes up and down by its motions, at the most, in any second. */
function byMotion(row: Shown, times: readonly Drawn[]): number {
  const marks = group(played(row, times), ({ id }) => id);
  return Math.max(0, ...[...marks.values()].map((own) => mostIn(own.map(({ at }) => at))));
}

/** Motions in which a mark that stays what it is goes up and down. */
const ROUND = new Set(["narrow", "run"]);

/** The same by all there is: a look that changes is half of it, a mark that stays what it is and moves the whole. */
function byAll(row: Shown, times: readonly Drawn[]): number {
  const halves = new Map<string, number[]>();
  const note = (id: string, ...at: number[]) => halves.set(id, [...(halves.get(id) ?? []), ...at]);
  for (const { before, time, now } of times) {
    const [was, is] = [row.looks[before] ?? NOTHING, row.looks[time] ?? NOTHING];
    for (const id of new Set([...was.keys(), ...is.keys()]))
      if (was.get(id) !== is.get(id) && !FAINT.has(id)) note(id, now);
  }
  for (const { id, isRound, at } of played(row, times)) if (isRound) note(id, at, at);
  return Math.max(0, ...[...halves.values()].map((own) => Math.floor(mostIn(own) / 2)));
}

/** The ground of a vCPU's row, in the guest and outside: too alike to be a flash, as theme/tokens.test.ts measures. */
const FAINT = new Set(["rect tlb", "rect plate"]);

const NOTHING: ReadonlyMap<string, string> = new Map();

const GUESTS = ["t-b4", "t-e1", "t-l2", "t-l5", "t-m1", "t-m2", "t-m4", "t-q", "t-user"];

describe.each([
  ...["t-a-12", "t-b1", "t-b2", "t-c1", "t-c2", "t-c3", "t-d", "t-f", "t-h", "q35-boot"],
  ...GUESTS,
])("%s", (name) => {
  const run = runOf(name);
  it.each(SPEEDS)("flashes nowhere at speed %d", (speed) => {
    const times = drawn(run, speed);
    const isPlayed = speed <= PLAYED_MAX;
    for (const row of run.rows) {
      const shown = isPlayed ? row : { ...row, motions: row.motions.map(() => []) };
      expect(
        byMotion(shown, times),
        JSON.stringify([...row.looks[0]!.keys()].slice(0, 3)),
      ).toBeLessThanOrEqual(3);
      expect(byAll(shown, times), JSON.stringify([...row.looks[0]!.keys()].slice(0, 3))).toBeLessThanOrEqual(
        3,
      );
    }
  });
});

it("at the turns a fast player waits, and between them it does not", () => {
  const run = runOf("t-h");
  const turns = turnsOf(run);
  expect(turns.length).toBeGreaterThan(3);
  const [fast, calm] = [drawn(run, 64), drawn(run, 0.5)];
  expect(fast.map(({ time }) => time)).toContain(turns[3]! - 1);
  expect(fast.at(-1)!.now).toBeGreaterThanOrEqual(1000);
  expect(calm.map(({ time }) => time)).toEqual(Array.from({ length: timeMax(run.clock) }, (_, k) => k + 1));
});

it("without the turns marks would flash, so the count is not blind", () => {
  const run = runOf("t-h");
  const hasty = drawn(run, 16, (_, __, wanted) => wanted);
  const still = run.rows.map((row) => ({ ...row, motions: row.motions.map(() => []) }));
  expect(Math.max(...still.map((row) => byAll(row, hasty)))).toBeGreaterThan(3);
});
