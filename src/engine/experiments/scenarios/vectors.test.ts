// SPDX-License-Identifier: GPL-2.0-only
// Whole counter vectors: worked out from the rules, or counted on the C code, and never taken from a run.
import { describe, expect, it, vi } from "vitest";
import { present } from "../../assert.ts";
import { COUNTER_IDS, type Counters } from "../machine/counters.ts";
import type { VariantId } from "../machine/variants.ts";
import { builtIn } from "./catalogue.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { play } from "./play.ts";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

function counters(name: string, variant: VariantId): Counters {
  const entry = present(builtIn(name), name);
  if (!("document" in entry)) throw new Error(`${name} is fetched`);
  return play(scenarioOf(entry.document()), variant).counters;
}

/** By design, in the order of COUNTER_IDS. */
type Vectors = Record<string, Partial<Record<VariantId, readonly number[]>>>;

const VECTORS: Vectors = {
  // One slot of twelve is hit: 2 x 12 calls, of which 22 are for nothing, against 2 calls.
  "t-a-12": {
    v10: [1, 0, 12, 12, 1, 1, 22, 24, 0, 0, 0, 1, 2, 2, 4, 1, 4],
    review: [1, 0, 1, 1, 1, 1, 0, 0, 4, 16, 2, 1, 1, 2, 4, 1, 4],
  },
  "t-a-512": {
    v10: [1, 0, 512, 512, 1, 1, 1022, 1024, 0, 0, 0, 1, 2, 2, 1, 1, 1],
  },
  "t-a-4096": {
    v10: [1, 0, 4096, 4096, 1, 1, 8190, 8192, 0, 0, 0, 1, 2, 2, 1, 1, 1],
    review: [1, 0, 1, 1, 1, 1, 0, 0, 6, 8, 2, 1, 1, 2, 1, 1, 1],
  },
  // The hole lies across the two cells of its memslot: three slots read to find the entry, three to find it again, and
  // the sibling behind it; in each of two walks.
  "t-a-32764": {
    v10: [1, 0, 32764, 32764, 1, 1, 65526, 65528, 0, 0, 0, 1, 2, 2, 1, 1, 1],
    review: [1, 0, 1, 1, 1, 1, 0, 0, 6, 14, 2, 1, 1, 2, 1, 1, 1],
  },
  // Two punches of 512 mapped pages, two slots: the list calls both each time.
  "t-h": {
    v10: [2, 0, 4, 4, 2, 2, 4, 8, 0, 0, 0, 1, 4, 4, 1024, 2, 1024],
  },
};

describe.each(Object.entries(VECTORS))("%s", (name, byVariant) => {
  it.each(Object.entries(byVariant))("costs under %s what was worked out", (variant, expected) => {
    const found = counters(name, variant as VariantId);
    expect(COUNTER_IDS.map((id) => `${id} ${found[id]}`)).toEqual(
      COUNTER_IDS.map((id, k) => `${id} ${expected[k]}`),
    );
  });
});

it("t-a-all: where everybody has to be called, both designs call everybody", () => {
  for (const variant of ["v10", "review"] as const)
    expect(counters("t-a-all", variant)).toMatchObject({
      ...{ startCallbacks: 4096, endCallbacks: 4096, startHits: 4096, endHits: 4096, wasted: 0 },
      ...{ mmuLockTakes: 8192, sptesZapped: 4096, tlbFlushes: 4096, pagesFreed: 4096 },
    });
});

it("t-h: the mutex keeps the walks apart, the semaphore does not, and each costs its lock", () => {
  expect(counters("t-h", "v10")).toMatchObject({ walksAtOnceMax: 1, rmLockTakes: 4 });
  expect(counters("t-h", "review")).toMatchObject({
    ...{ walksAtOnceMax: 2, rmLockTakes: 2, startCallbacks: 2, endCallbacks: 2, wasted: 0 },
    ...{ mmuLockTakes: 4, sptesZapped: 1024, tlbFlushes: 2, pagesFreed: 1024 },
  });
});

it("t-a-12 as posted: of slots end to end every second one is refused", () => {
  // 11 takes page 64 too; 10 would reach into 11 at page 58; 9 is free to take 52, and so on down to 0.
  expect(counters("t-a-12", "review-seed")).toMatchObject({ bindsRefused: 6, sptesZapped: 0 });
});
