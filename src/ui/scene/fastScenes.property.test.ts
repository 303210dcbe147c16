// SPDX-License-Identifier: GPL-2.0-only
// Scenes are kept, counted up and read by window; here they are held against the same scenes made from nothing, over
// random runs of random machines, forward and back.
import fc from "fast-check";
import { expect, it } from "vitest";
import { goTo, operationSteps, type Play, play } from "../../engine/index.ts";
import { type Axis, axisFor } from "./axis.ts";
import { callsScene } from "./callsScene.ts";
import type { Frame } from "./frame.ts";
import { scenarioFrom } from "./framesOf.ts";
import { heardHere } from "./heardHere.ts";
import { latestWalk, listScene } from "./listScene.ts";
import { mappingsScene } from "./mappingsScene.ts";
import { livingMemslots, pagesOf, visibleMemslots } from "./memslots.ts";
import { memslotsScene } from "./memslotsScene.ts";
import { pagesScene } from "./pagesScene.ts";
import { CELL_STATES, rasterCells, stateOf } from "./rasterCells.ts";
import { toldBy } from "./told.ts";
import { treeScene } from "./treeScene.ts";

/** A file with some slots on it, of which tasks punch, touch, delete and create some. */
const machine = fc
  .record({
    slots: fc.integer({ min: 1, max: 70 }),
    size: fc.constantFrom(1, 3, 16, 64, 200),
    lower: fc.constantFrom("review", "review-seed"),
    operations: fc.array(
      fc.record({
        kind: fc.constantFrom("punch", "punch", "punch", "map", "deleteSlot", "createSlot", "allocate"),
        slot: fc.nat(80),
        pages: fc.integer({ min: 1, max: 300 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    tasks: fc.constantFrom(1, 1, 2),
  })
  .map(({ slots, size, lower, operations, tasks }) => {
    const create = (slot: number) => ({
      ...{ op: "createSlot", vm: `vm${slot % 2}`, slot, pages: size, file: "f0", pgoff: slot * size },
    });
    const all = operations.map(({ kind, slot, pages }) => {
      const at = (slot % slots) * size;
      if (kind === "punch" || kind === "allocate")
        return { op: kind, file: "f0", start: at, end: at + pages };
      if (kind === "map")
        return { op: kind, vm: `vm${(slot % slots) % 2}`, gfn: at, pages: Math.min(size, pages) };
      if (kind === "deleteSlot") return { op: kind, vm: `vm${(slot % slots) % 2}`, slot: slot % slots };
      return create(slot);
    });
    return scenarioFrom({
      ...{ format: "restricted-memory-lab/1", title: "t", about: "a", show: ["v10", lower] },
      ...{ files: { f0: { pages: 20_000 } }, vms: { vm0: {}, vm1: {} } },
      setup: Array.from({ length: slots }, (_, slot) => create(slot)).concat(
        Array.from({ length: slots }, (_, slot) => ({
          ...{ op: "map", vm: `vm${slot % 2}`, gfn: slot * size, pages: 1 },
        })) as never[],
      ),
      tasks: tasks === 1 ? { P: all } : { P: all, Q: [{ op: "punch", file: "f0", start: 0, end: 40 }] },
      expect: {},
    });
  });

/** The frame at step `step` of `own`; `fresh`: of a play for which nothing is kept. */
function frameAt(own: Play, step: number, fresh = false): Frame {
  const operations = operationSteps(own);
  const found = operations.findIndex(({ last }) => step <= last);
  const operation = found < 0 ? Math.max(0, operations.length - 1) : found;
  const { world } = goTo(own.recording, step);
  const of = fresh ? { ...own } : own;
  return { play: of, operations, operation, step, from: null, waiting: false, world };
}

const scenesOf = (axis: Axis, frame: Frame) => [
  memslotsScene(axis, frame),
  pagesScene(axis, frame),
  listScene(axis, frame),
  treeScene(axis, frame),
  callsScene(axis, frame),
  ...Object.keys(frame.world.vms).map((vm) => mappingsScene(axis, frame, vm)),
];

const steps = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3)), {
  minLength: 3,
  maxLength: 7,
});

it("a scene that is kept is the scene that is made from nothing, wherever the run is looked at", () => {
  fc.assert(
    fc.property(machine, steps, (scenario, wanted) => {
      const plays = scenario.show.map((variant) => play(scenario, variant));
      for (const own of plays)
        for (const [share, further] of wanted) {
          const last = own.recording.steps.length;
          const first = Math.floor(share * last);
          // A jump, and then some steps one after the other.
          for (let step = first; step <= Math.min(first + further, last); step++) {
            const frame = frameAt(own, step);
            const fresh = frameAt(own, step, true);
            const axis = axisFor([frame]);
            expect(axisFor([fresh])).toEqual(axis);
            for (const shown of [axis, axisFor([frame], -1), { ...axis, start: 64, end: 128, perCell: 1 }])
              expect(scenesOf(shown, frame)).toEqual(scenesOf(shown, fresh));
          }
        }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it("the memslots of a window are those that a look at all of them finds, visible or living", () => {
  fc.assert(
    fc.property(
      machine,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(5_000),
      fc.nat(400),
      (scenario, share, start, pages) => {
        const own = play(scenario, "v10");
        const frame = frameAt(own, Math.floor(share * own.recording.steps.length));
        const { memslots, vms } = frame.world;
        const span = { start, end: start + pages };
        const meets = (id: number) => {
          const slot = pagesOf(memslots[id]!);
          return memslots[id]!.file === "f0" && slot.start < span.end && span.start < slot.end;
        };
        const ids = (found: readonly { id: number }[]) => found.map(({ id }) => id).sort((a, b) => a - b);
        const visible = Object.values(vms).flatMap(({ slotsByGfn }) => slotsByGfn.filter(meets));
        expect(ids(visibleMemslots(frame, "f0").meeting(span))).toEqual(visible.sort((a, b) => a - b));
        const living = memslots.filter(({ id, freed }) => !freed && meets(id));
        expect(ids(livingMemslots(frame, "f0").meeting(span))).toEqual(ids(living));
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

it("calls counted up step by step are those that all events of the operation come to", () => {
  fc.assert(
    fc.property(machine, (scenario) => {
      const own = play(scenario, "v10");
      for (let step = 0; step <= own.recording.steps.length; step += 3) {
        const frame = frameAt(own, step);
        const axis = { ...axisFor([frame]), start: 0, end: 640, perCell: 10 };
        const { here, columns, needed, elsewhere, spared } = heardHere(axis, frame);
        const calls = [...toldBy(frame).calls.values()].filter(
          ({ notifier }) => frame.world.memslots[notifier]?.file === "f0",
        );
        const within = calls.filter(({ notifier }) => frame.world.memslots[notifier]!.pgoff < 640);
        expect([...here.keys()].sort()).toEqual(within.map(({ notifier }) => notifier).sort());
        expect(elsewhere).toBe(calls.length - within.length);
        expect(needed).toBe(within.filter(({ startHit, endHit }) => startHit || endHit).length);
        const sum = (of: "starts" | "ends") => columns.reduce((all, column) => all + (column?.[of] ?? 0), 0);
        for (const of of ["starts", "ends"] as const)
          expect(sum(of)).toBe(within.reduce((all, call) => all + call[of], 0));
        const visible = visibleMemslots(frame, "f0").memslots;
        expect(spared).toBe(visible.filter(({ id }) => !toldBy(frame).calls.has(id)).length);
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);

it("the cells of a raster are those that the calls and the walk make, and `changed` names each that changed", () => {
  fc.assert(
    fc.property(machine, steps, (scenario, wanted) => {
      const own = play(scenario, "v10");
      const last = own.recording.steps.length;
      const seen: { cells: unknown; states: number[]; done: number } = { cells: null, states: [], done: 0 };
      for (const [share, further] of wanted)
        for (let step = Math.floor(share * last), k = 0; k <= 20 + further && step <= last; k++, step++) {
          const frame = frameAt(own, step);
          const cells = rasterCells("f0", frame);
          const walk = latestWalk(frame, "f0");
          const { calls } = toldBy(frame);
          const naive = cells.notifiers.map((id) => CELL_STATES.indexOf(stateOf(calls.get(id), walk)));
          expect([...cells.states]).toEqual(naive);
          expect([...cells.needed].sort()).toEqual(
            naive.flatMap((state, place) => (CELL_STATES[state] === "needed" ? [place] : [])).sort(),
          );
          const list = frame.world.files.f0;
          expect(cells.notifiers).toEqual(list?.keeps === "list" ? list.notifiers : null);
          if (seen.cells === cells) {
            for (const place of cells.changed.slice(seen.done)) seen.states[place] = cells.states[place]!;
            expect(seen.states).toEqual(naive);
          }
          Object.assign(seen, { cells, states: [...naive], done: cells.changed.length });
        }
    }),
    { numRuns: 40 },
  );
}, 60_000);
