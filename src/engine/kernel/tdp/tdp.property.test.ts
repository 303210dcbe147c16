// SPDX-License-Identifier: GPL-2.0-only
// Leaves of three sizes come and go, tables are copied on the way, and beside each is a model too simple to be wrong:
// a Map from first gfn to leaf.

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Pfn } from "../../units.ts";
import { tdpCheck } from "./check.ts";
import type { TableId } from "./entry.ts";
import { tdpInstall, tdpInstallRun } from "./install.ts";
import { tdpLeavesIn, tdpUnmappedRuns } from "./leaves.ts";
import { blockOf, type Leaf, type LeafLevel, pagesPerLeaf, type RootLevel } from "./level.ts";
import { copyTdp, newTdp, type Tdp, tdpEmpty, tdpFreeTables, tdpGfnEnd } from "./tables.ts";
import { tdpLeafAt, tdpWalk } from "./walk.ts";
import { tdpZap } from "./zap.ts";

const M2 = 512;
const G1 = 512 ** 2;

type Model = Map<number, Leaf>;

interface World {
  tdp: Tdp;
  model: Model;
  /** Unlinked, and not given back yet. */
  unlinked: TableId[];
}

/** Where leaves and tables of every size begin and end, in tables of either height: beyond the end it wraps. */
const place = fc
  .tuple(
    fc.constantFrom(0, 0, M2, G1 - M2, G1, 512 ** 3, 2 ** 36, 2 ** 45 - G1),
    fc.constantFrom(0, 1, 3, 510, 511),
  )
  .map(([base, off]) => base + off);

const op = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      op: fc.constant("install" as const),
      gfn: place,
      level: fc.constantFrom<LeafLevel>(1, 1, 1, 2, 2, 3),
      frame: fc.nat(40),
      generation: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant("run" as const),
      gfn: place,
      pages: fc.constantFrom(0, 2, 7, 514),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant("zap" as const),
      gfn: place,
      pages: fc.constantFrom(0, 1, 2, 511, M2, M2 + 1, G1, 512 ** 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant("copy" as const), go: fc.constantFrom("on", "back") }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("flush" as const) }) },
);
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;

const endOf = ({ gfn, level }: Leaf) => gfn + pagesPerLeaf(level);
const meeting = (model: Model, start: number, end: number): Leaf[] =>
  [...model.values()]
    .filter((leaf) => start < end && leaf.gfn < end && endOf(leaf) > start)
    .sort((a, b) => a.gfn - b.gfn);

/** The model's answer to the same question, joined leaf by leaf. */
function runsOfLeaves(leaves: readonly Leaf[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const leaf of leaves) {
    if (runs.at(-1)?.[1] === leaf.gfn) runs.at(-1)![1] = endOf(leaf);
    else runs.push([leaf.gfn, endOf(leaf)]);
  }
  return runs;
}

const seen = { replaced: 0, partly: 0, back: 0, runs: 0, again: 0 };

function apply(world: World, step: Op): void {
  const { tdp, model } = world;
  const at = "gfn" in step ? step.gfn % tdpGfnEnd(tdp) : 0;
  switch (step.op) {
    case "install": {
      const gfn = blockOf(at, step.level);
      const pages = pagesPerLeaf(step.level);
      const leaf: Leaf = {
        ...{ gfn, level: step.level, pfn: (step.frame * pages) as Pfn, generation: step.generation },
      };
      const there = meeting(model, gfn, gfn + pages);
      if (there.some(({ level }) => level >= step.level)) return;
      const dropped: Leaf[] = [];
      const result = tdpInstall(
        tdp,
        gfn,
        step.level,
        leaf.pfn,
        leaf.generation,
        (first, level, pfn, generation) => {
          dropped.push({ gfn: first, level, pfn, generation });
        },
      );
      expect(dropped).toEqual(there);
      expect(result.dropped).toBe(there.length);
      for (const lost of there) model.delete(lost.gfn);
      model.set(gfn, leaf);
      world.unlinked.push(...result.unlinked);
      if (there.length > 0) seen.replaced++;
      return;
    }
    case "run": {
      const end = Math.min(at + step.pages, tdpGfnEnd(tdp));
      if (meeting(model, at, end).length > 0) return;
      const pfns = Array.from({ length: end - at }, (_, k) => (3 * k) as Pfn);
      tdpInstallRun(tdp, at, pfns, (pfn) => pfn % 4);
      for (const [k, pfn] of pfns.entries())
        model.set(at + k, { gfn: at + k, level: 1, pfn, generation: pfn % 4 });
      seen.runs++;
      return;
    }
    case "zap": {
      const end = Math.min(at + step.pages, tdpGfnEnd(tdp));
      const expected = meeting(model, at, end);
      const told: Leaf[] = [];
      const { leaves, zapped } = tdpZap(tdp, at, end, (gfn, level, pfn, generation) => {
        told.push({ gfn, level, pfn, generation });
      });
      expect(told).toEqual(expected);
      expect(leaves).toBe(expected.length);
      expect(zapped).toEqual(runsOfLeaves(expected));
      for (const { gfn } of expected) model.delete(gfn);
      if (expected.some((leaf) => leaf.gfn < at || endOf(leaf) > end)) seen.partly++;
      return;
    }
    case "copy":
      return;
    case "flush":
      if (world.unlinked.length > 0) seen.again++;
      tdpFreeTables(tdp, world.unlinked);
      world.unlinked = [];
  }
}

function hold({ tdp, model }: World): void {
  tdpCheck(tdp);
  const end = tdpGfnEnd(tdp);
  const leaves = meeting(model, 0, end);
  expect(tdpLeavesIn(tdp, 0, end)).toEqual(leaves);
  expect(tdpEmpty(tdp)).toBe(leaves.length === 0);
  const between: [number, number][] = [];
  let from = 0;
  for (const [first, next] of runsOfLeaves(leaves)) {
    if (first > from) between.push([from, first]);
    from = next;
  }
  if (from < end) between.push([from, end]);
  expect(tdpUnmappedRuns(tdp, 0, end)).toEqual(between);
  for (const leaf of leaves.slice(0, 20)) {
    expect(tdpLeafAt(tdp, endOf(leaf) - 1)).toEqual(leaf);
    expect(tdpWalk(tdp, leaf.gfn)).toHaveLength(tdp.rootLevel - leaf.level + 1);
  }
}

it("tables hold what a Map of leaves holds, whatever is installed, zapped and copied (I14)", () => {
  const roots = fc.constantFrom<RootLevel>(4, 5);
  fc.assert(
    fc.property(roots, fc.array(op, { minLength: 10, maxLength: 30 }), (rootLevel, steps) => {
      const newWorld = (): World => ({ tdp: newTdp(rootLevel), model: new Map(), unlinked: [] });
      let world = newWorld();
      // Three in all, so that what two share is still shared after one of them has written.
      const others: World[] = [];
      for (const step of steps) {
        if (step.op !== "copy") {
          apply(world, step);
        } else if (step.go === "on") {
          const { tdp, model, unlinked } = world;
          others.push({ tdp: copyTdp(tdp), model: new Map(model), unlinked: [...unlinked] });
          if (others.length > 2) hold(others.shift()!);
        } else if (others.length > 0) {
          others.push(world);
          world = others.shift()!;
          seen.back++;
        }
        hold(world);
      }
      for (const other of others) hold(other);
    }),
    { numRuns: 60, seed: 64 },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(10);
});

it("a copy shares every table until one side writes, then differs by the tables on that way alone", () => {
  const tdp = newTdp(4);
  for (let k = 0; k < 600; k++) tdpInstall(tdp, k * M2, 1, k as Pfn, 0, () => {});
  const copy = copyTdp(tdp);
  const apart = () => copy.rows.filter((row, id) => row !== tdp.rows[id]).length;
  expect(apart()).toBe(0);
  tdpZap(copy, 0, 2 * M2, () => {});
  expect(apart()).toBe(2);
  // Level 1 is written twice, its upper tables not at all.
  tdpInstall(copy, 5, 1, 1 as Pfn, 0, () => {});
  expect(apart()).toBe(2);
  tdpInstall(tdp, M2 + 1, 1, 1 as Pfn, 0, () => {});
  expect(tdpLeafAt(copy, M2 + 1)).toBeNull();
  expect(tdpLeavesIn(tdp, 0, 2 * M2).map(({ gfn }) => gfn)).toEqual([0, M2, M2 + 1]);
});
