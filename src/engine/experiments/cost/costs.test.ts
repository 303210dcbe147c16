// SPDX-License-Identifier: GPL-2.0-only
// What the prices are there to get right, from the measurements and from nowhere else.

import { describe, expect, it } from "vitest";
import { drain } from "../../sim/slices.ts";
import { bindCost } from "./bindCost.ts";
import { breakEven, flushEven } from "./breakEven.ts";
import { listWalk, MEASURED_TREES, nearestTree, xarrayWalk } from "./calibration.ts";
import { comparisons, FITTED, FITTED_ON, TIMED_PUNCHES } from "./fit.ts";
import { flushNs, PRICES } from "./prices.ts";
import { punchCost } from "./punchCost.ts";
import { formulaRows, sweeping } from "./sweep.ts";

const tree512 = nearestTree(512, false);

describe("the break-even", () => {
  it("lies near 8 to 10 notifiers where caches are warm, near 4 where they are cold", () => {
    expect(breakEven("warm", tree512)).toBeGreaterThan(8);
    expect(breakEven("warm", tree512)).toBeLessThan(10);
    expect(breakEven("cold", tree512)).toBeGreaterThan(3);
    expect(breakEven("cold", tree512)).toBeLessThan(4.5);
  });

  it("has the list cheaper below it and the xarray above", () => {
    for (const [slots, isListCheaper] of [
      [4, true],
      [64, false],
    ] as const)
      expect(listWalk("warm", slots).ns < xarrayWalk("warm", tree512, slots, 1, true).ns).toBe(isListCheaper);
  });

  it("with a flush of 64 vCPUs lies near 50 slots as measured cold, at 74 as assumed", () => {
    expect(flushNs({}, 64)).toBe(14_000);
    expect(flushEven("cold", {})).toBeGreaterThan(47);
    expect(flushEven("cold", {})).toBeLessThan(53);
    expect(Math.round(flushEven("assumed", {}))).toBe(74);
    expect(Math.round(flushEven("assumed", { listNode: 60 }))).toBe(93);
  });
});

describe("walks", () => {
  it("are what was measured where it was measured, and lie between their neighbours elsewhere", () => {
    expect(listWalk("cold", 64)).toEqual({ ns: 8814, low: 7331, high: 8814, inRange: true });
    const between = listWalk("warm", 6_000).ns;
    expect(between).toBeGreaterThan(listWalk("warm", 4_096).ns);
    expect(between).toBeLessThan(listWalk("warm", 8_192).ns);
    expect(listWalk("warm", 100_000).inRange).toBe(false);
    expect(xarrayWalk("warm", tree512, 4_096, 16, false).ns).toBeCloseTo(721.3, 6);
    expect(xarrayWalk("cold", tree512, 4_096, 16, false).inRange).toBe(false);
  });

  it("beyond what was measured cost what the last notifier did, and warm ones never more than cold ones", () => {
    for (const slots of [65_536, 131_072, 2 ** 20]) {
      const [warm, cold] = [listWalk("warm", slots), listWalk("cold", slots)];
      expect(warm.ns / slots).toBeCloseTo(listWalk("warm", 65_536).ns / 65_536, 6);
      expect(warm.ns).toBeLessThan(cold.ns);
      expect(warm.low <= warm.ns && warm.ns <= warm.high).toBe(true);
    }
    expect(xarrayWalk("cold", tree512, 2 ** 20, 1, true).ns).toBe(
      xarrayWalk("cold", tree512, 65_536, 1, true).ns,
    );
  });

  it("of one page are flat in the xarray up to KVM's limit", () => {
    const walk = (slots: number) => xarrayWalk("warm", tree512, slots, 1, true).ns;
    expect(walk(32_764) / walk(16)).toBeLessThan(2);
    expect(listWalk("warm", 32_764).ns / listWalk("warm", 16).ns).toBeGreaterThan(1_000);
  });

  it("over a shifted slot come to three times the entries", () => {
    const visits = (alignment: "aligned" | "shifted") => {
      const wanted = { slotPages: 512, alignment, holes: [{ pages: 512 }], vms: 1 };
      return drain(sweeping("review", wanted, [4_096]))[0]?.counts.startCallbacks;
    };
    expect([visits("aligned"), visits("shifted")]).toEqual([1, 3]);
  });
});

describe("predictions", () => {
  it("are fitted on four numbers of slots alone, with prices above 0", () => {
    expect(FITTED_ON).toEqual([1, 16, 256, 4_096]);
    expect(TIMED_PUNCHES.filter(({ slots }) => FITTED_ON.includes(slots)).length).toBeGreaterThan(30);
    for (const ns of Object.values(FITTED)) expect(ns).toBeGreaterThan(50);
  });

  it("come within a factor of two of the live kernel in the median of each kind of punch", () => {
    for (const { op, rows, median } of comparisons()) {
      expect(rows, op).toBeGreaterThan(30);
      expect(median, op).toBeGreaterThan(0.5);
      expect(median, op).toBeLessThan(2);
    }
  });
});

describe("a punch", () => {
  const rowOf = (variant: "v10" | "review", slots: number) => {
    const [row] = formulaRows(
      variant,
      { slotPages: 512, alignment: "aligned", holes: [{ pages: 1 }], vms: 1 },
      slots,
    );
    if (row === undefined) throw new Error("no row");
    return row;
  };
  const cost = (variant: "v10" | "review", slots: number, basis: "warm" | "cold" | "assumed") => {
    const { bound, counts } = rowOf(variant, slots);
    return punchCost({ variant, bound, counts, tree: tree512 }, { basis, vcpus: 4, set: {} });
  };

  it("is the sum of its parts, and what is assumed says so", () => {
    const { ns, parts } = cost("v10", 4_096, "cold");
    expect(parts.reduce((all, part) => all + part.ns, 0)).toBeCloseTo(ns, 6);
    expect(parts.filter(({ tag }) => tag === "assumed").map(({ part }) => part)).toEqual([
      "locks",
      "zap",
      "flush",
    ]);
    expect(parts.find(({ part }) => part === "walk")).toMatchObject({ tag: "measured", ns: 2 * 571_318 });
  });

  it("with assumed prices is the worked example: 778 us of walks and calls in the list of 4,096", () => {
    const { parts } = cost("v10", 4_096, "assumed");
    const of = (id: string) => parts.find(({ part }) => part === id)?.ns ?? 0;
    expect(of("walk") + of("callbacks") - FITTED.hitCall).toBe(8_192 * (80 + 15));
    const xarray = cost("review", 4_096, "assumed").parts.find(({ part }) => part === "walk")?.ns ?? 0;
    expect(xarray).toBeLessThanOrEqual(1_000);
  });

  it("pays for each lock that it takes, and a flush is not known to the nanosecond", () => {
    const wanted = { slotPages: 512, alignment: "shifted", holes: [{ share: 1 }], vms: 1 } as const;
    const [row] = formulaRows("review", wanted, 4_096);
    const { counts, bound } = row as NonNullable<typeof row>;
    expect(counts.mmuLockTakes).toBe(24_576);
    const { parts } = punchCost(
      { variant: "review", bound, counts, tree: nearestTree(512, true) },
      { basis: "warm", vcpus: 64, set: {} },
    );
    expect(parts.find(({ part }) => part === "locks")?.ns).toBe((24_576 + 1) * PRICES.lock.ns);
    const { ns, low, high } = parts.find(({ part }) => part === "flush") as (typeof parts)[number];
    expect([low, ns, high].map((all) => all / 4_096)).toEqual([13_800, 14_000, 99_000]);
    expect(parts.find(({ part }) => part === "walk")?.source).toContain("slots of 513 pages from page 1 on");
  });

  it("differs between the designs by walks and calls alone", () => {
    const [list, xarray] = [cost("v10", 1_024, "warm"), cost("review", 1_024, "warm")];
    for (const part of ["call", "zap", "flush", "free"] as const)
      expect(list.parts.find((own) => own.part === part)?.ns).toBe(
        xarray.parts.find((own) => own.part === part)?.ns,
      );
    expect(list.ns).toBeGreaterThan(xarray.ns);
  });
});

describe("unbinding", () => {
  it("of 4,096 slots holds the xarray's lock for about a minute", () => {
    const { unbindLockedNs } = bindCost("review", tree512, 4_096, {});
    expect((4_096 * unbindLockedNs) / 1e9).toBeGreaterThan(50);
    expect((4_096 * unbindLockedNs) / 1e9).toBeLessThan(75);
    expect(bindCost("v10", tree512, 4_096, {}).unbind.ns).toBe(PRICES.lock.ns);
    expect(MEASURED_TREES).toHaveLength(4);
  });
});
