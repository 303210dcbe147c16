// SPDX-License-Identifier: GPL-2.0-only
// Nothing flashes: no mark goes up and down in brightness more than three times in any second, at any speed.
import { readFileSync } from "node:fs";
import { group } from "d3";
import { describe, expect, it } from "vitest";
import { goTo, operationSteps, type Play, play, stepOn } from "../../engine/index.ts";
import { type Axis, axisFor } from "./axis.ts";
import { callsScene } from "./callsScene.ts";
import type { Frame } from "./frame.ts";
import { scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { isLongList, listScene } from "./listScene.ts";
import { mappingsScene } from "./mappingsScene.ts";
import { idOf, type Scene } from "./mark.ts";
import { memslotsScene } from "./memslotsScene.ts";
import { type Motion, motionsOf } from "./motion.ts";
import { atMostThrice, fitted } from "./motionPace.ts";
import { pagesScene } from "./pagesScene.ts";
import { rasterScene } from "./rasterScene.ts";
import { treeScene } from "./treeScene.ts";

const motion = (id: string, delay: number, duration: number): Motion => ({
  ...{ id, kind: "appear", delay, duration, easing: "linear" },
});

describe("fitted()", () => {
  it("leaves motions alone where there is room", () => {
    const motions = [motion("a", 0, 160), motion("b", 160, 120)];
    expect(fitted(motions, 280)).toEqual(motions);
    expect(fitted(motions, Number.POSITIVE_INFINITY)).toEqual(motions);
  });

  it("keeps their order and shares where there is not", () => {
    expect(fitted([motion("a", 0, 160), motion("b", 160, 160)], 80)).toEqual([
      motion("a", 0, 40),
      motion("b", 40, 40),
    ]);
  });
});

describe("atMostThrice()", () => {
  it("spares a mark its fourth motion within a second, and that one alone", () => {
    const moved = new Map();
    for (const now of [0, 300, 600]) expect(atMostThrice(moved, [motion("a", 0, 1)], now)).toHaveLength(1);
    const both = [motion("a", 0, 1), motion("b", 0, 1)];
    expect(atMostThrice(moved, both, 900).map(({ id }) => id)).toEqual(["b"]);
    expect(atMostThrice(moved, both, 1000).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(atMostThrice(moved, both, 1200).map(({ id }) => id)).toEqual(["b"]);
  });

  it("counts when a motion begins to be seen, not when its step was taken", () => {
    const moved = new Map();
    for (const now of [0, 300, 600]) atMostThrice(moved, [motion("a", 500, 1)], now);
    expect(atMostThrice(moved, [motion("a", 0, 1)], 1100)).toEqual([]);
  });

  it("takes a mark and what it leaves behind for one", () => {
    const moved = new Map();
    const pair = [motion("a", 0, 1), motion("a", 10, 1)];
    for (const now of [0, 300, 600]) expect(atMostThrice(moved, pair, now)).toHaveLength(2);
    expect(atMostThrice(moved, pair, 900)).toEqual([]);
  });
});

/** What a run shows, one row: the looks of its marks after each step, and the motions of each step. */
interface Shown {
  readonly looks: ReadonlyMap<string, string>[];
  readonly motions: (readonly Motion[])[];
}

/** Every row of a whole run, step by step, on the axis that its operations give. */
function rowsOf(own: Play): Shown[] {
  const operations = operationSteps(own);
  const run = goTo(own.recording, 0);
  const rows = new Map<string, Shown & { last?: { axis: Axis; scene: Scene } }>();
  let axis: Axis | null = null;
  for (let step = 0; step <= own.recording.steps.length; step++) {
    if (step > 0) stepOn(own.recording, run);
    const operation = Math.max(
      0,
      operations.findIndex(({ last }) => step <= last),
    );
    const from = step === 0 ? null : step - 1;
    const frame: Frame = { play: own, operations, operation, step, from, waiting: false, world: run.world };
    const next: Axis = axisFor([frame]);
    if (JSON.stringify(next) !== JSON.stringify(axis)) axis = next;
    for (const [name, scene] of Object.entries(scenesOf(axis!, frame))) {
      if (scene === null) continue;
      const row = rows.get(name) ?? { looks: [], motions: [] };
      const moves = row.last === undefined ? [] : motionsOf(row.last, { axis: axis!, scene }, frame);
      row.looks.push(new Map(scene.marks.map((mark) => [idOf(mark), mark.look])));
      row.motions.push(moves);
      rows.set(name, Object.assign(row, { last: { axis: axis!, scene } }));
    }
  }
  return [...rows.values()];
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
  for (const vm of Object.keys(frame.world.vms)) scenes[vm] = mappingsScene(axis, frame, vm);
  return scenes;
}

const FRAMES_A_SECOND = 60;
const STEPS_A_SECOND = 4;

/** Motions are played up to this speed; above it marks simply appear. */
const PLAYED_MAX = 4;

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The steps that are drawn at `speed`, and when. */
function* drawn(
  steps: number,
  speed: number,
): Generator<{ before: number; step: number; now: number; gap: number }> {
  const stride = Math.max(1, Math.round((STEPS_A_SECOND * speed) / FRAMES_A_SECOND));
  const gap = (1000 * stride) / (STEPS_A_SECOND * speed);
  for (let step = stride; step < steps; step += stride)
    yield { before: step - stride, step, now: (gap * step) / stride, gap };
}

/** The marks of a row that move when it is played at `speed`, and when each begins to. */
function played({ motions }: Shown, speed: number): { id: string; isRound: boolean; at: number }[] {
  if (speed > PLAYED_MAX) return [];
  const moved = new Map<string, number[]>();
  return [...drawn(motions.length, speed)].flatMap(({ step, now, gap }) => {
    const seen = atMostThrice(moved, fitted(motions[step]!, gap), now).filter(({ kind }) => kind !== "slide");
    // A mark and what it leaves behind are one; what is in its place before its turn does not move.
    const byMark = group(seen, ({ id }) => id);
    return [...byMark].map(([id, own]) => ({
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
function byMotion(row: Shown, speed: number): number {
  const marks = group(played(row, speed), ({ id }) => id);
  return Math.max(0, ...[...marks.values()].map((own) => mostIn(own.map(({ at }) => at))));
}

/** Motions in which a mark that stays what it is goes up and down. */
const ROUND = new Set(["narrow", "run"]);

/** The same by all there is: a look that changes is half of it, a mark that stays what it is and moves the whole. */
function byAll(row: Shown, speed: number): number {
  const halves = new Map<string, number[]>();
  const note = (id: string, ...at: number[]) => halves.set(id, [...(halves.get(id) ?? []), ...at]);
  for (const { before, step, now } of drawn(row.looks.length, speed)) {
    const [was, is] = [row.looks[before]!, row.looks[step]!];
    for (const id of new Set([...was.keys(), ...is.keys()])) if (was.get(id) !== is.get(id)) note(id, now);
  }
  for (const { id, isRound, at } of played(row, speed)) if (isRound) note(id, at, at);
  return Math.max(0, ...[...halves.values()].map((times) => Math.floor(mostIn(times) / 2)));
}

const q35 = scenarioFrom(
  JSON.parse(readFileSync(new URL("../../../public/scenarios/q35-boot.json", import.meta.url), "utf8")),
);

const rowsUnder = new Map<string, Shown[]>();

/** Each run is taken once. */
function rowsOfRun(name: string, design: 0 | 1): Shown[] {
  const key = `${name} ${design}`;
  const scenario = name === "q35-boot" ? q35 : scenarioNamed(name);
  const rows = rowsUnder.get(key) ?? rowsOf(play(scenario, scenario.show[design]));
  rowsUnder.set(key, rows);
  return rows;
}

const RUNS = ["t-a-12", "t-b1", "t-b2", "t-c1", "t-c2", "t-c3", "t-d", "t-f", "t-h"].flatMap((name) => [
  [name, 0] as const,
  [name, 1] as const,
]);

it.each([...RUNS, ["q35-boot", 0] as const, ["q35-boot", 1] as const])(
  "%s, design %d: no mark moves up and down more than three times a second at any speed",
  (name, design) => {
    const rows = rowsOfRun(name, design);
    expect(rows.some(({ motions }) => motions.flat().length > 0)).toBe(true);
    for (const speed of SPEEDS) for (const row of rows) expect(byMotion(row, speed)).toBeLessThanOrEqual(3);
  },
);

it.each(RUNS)(
  "%s, design %d: nor with all that changes without motion, where motions are played",
  (name, design) => {
    for (const speed of SPEEDS.filter((own) => own <= PLAYED_MAX))
      for (const row of rowsOfRun(name, design)) expect(byAll(row, speed)).toBeLessThanOrEqual(3);
  },
);

it("the counts are not blind: a mark that blinks at every step, and one that moves at every step, are found", () => {
  const looks = Array.from({ length: 40 }, (_, k) => new Map([["a", k % 2 === 0 ? "x" : "y"]]));
  const still = { looks, motions: looks.map(() => []) };
  expect(byAll(still, 0.25)).toBeLessThanOrEqual(1);
  expect(byAll(still, 4)).toBeGreaterThan(3);
  const moving = {
    looks: looks.map(() => new Map()),
    motions: looks.map((_, k) => [motion(`a${k % 2}`, 0, 1)]),
  };
  expect(byMotion(moving, 1)).toBe(2);
  expect(byMotion(moving, 4)).toBe(3);
});
