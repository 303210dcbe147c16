// SPDX-License-Identifier: GPL-2.0-only
// What is computed is what stepping counts: 40 sizes, every alignment, every design.

import { describe, expect, it } from "vitest";
import { drain } from "../../sim/slices.ts";
import { VARIANTS } from "../machine/variants.ts";
import { ALIGNMENTS, type HoleSize } from "./layout.ts";
import { sweepSizes } from "./sizes.ts";
import { formulaRows, sweeping } from "./sweep.ts";

const HOLES: HoleSize[] = [{ pages: 1 }, { pages: 513 }, { share: 0.01 }];

/** 40 sizes from 1 to KVM's limit: those of a sweep, and neighbours of powers of 64 / 8, where trees grow. */
const SIZES = [...new Set([...sweepSizes(), 5, 7, 9, 63, 65, 127, 129, 511, 513, 4_095, 4_097])].sort(
  (a, b) => a - b,
);

describe("a sweep", () => {
  it("has 40 sizes to be held against the closed form", () => {
    expect(SIZES.length).toBeGreaterThanOrEqual(40);
    expect([SIZES[0], SIZES.at(-1)]).toEqual([1, 32_764]);
  });

  it.each(ALIGNMENTS.flatMap((alignment) => VARIANTS.map((variant) => [variant, alignment] as const)))(
    "steps under %s, %s, to what the closed form says",
    (variant, alignment) => {
      const wanted = { slotPages: 512, alignment, holes: HOLES, vms: 3 };
      const rows = drain(sweeping(variant, wanted, SIZES));
      expect(rows.map(({ source }) => source)).toEqual(Array(rows.length).fill("stepped"));
      const computed = SIZES.flatMap((slots) => formulaRows(variant, wanted, slots));
      expect(rows).toEqual(computed.map((row) => ({ ...row, source: "stepped" })));
    },
  );
});
