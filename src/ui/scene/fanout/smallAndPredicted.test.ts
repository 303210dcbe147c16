// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { ALIGNMENTS, comparisons, FITTED_ON, formulaRows, TIMED_PUNCHES } from "../../../engine/index.ts";
import { pricedRows } from "./measures.ts";
import { predictedPicture, predictedTable } from "./predictedScene.ts";
import { pricingOf, USUAL } from "./settings.ts";
import {
  SMALL_DESIGNS,
  type Small,
  smallHoles,
  smallPicture,
  smallSays,
  smallScale,
  smallTable,
} from "./smallScene.ts";

const SMALLS = ALIGNMENTS.flatMap((alignment) =>
  smallHoles(64).map((hole): Small => {
    const wanted = { slotPages: 64, alignment, holes: [hole], vms: 1 };
    const rowsOf = (variant: (typeof SMALL_DESIGNS)[number]) =>
      pricedRows(
        [1, 8, 64, 512].flatMap((size) => formulaRows(variant, wanted, size)),
        wanted,
        pricingOf(USUAL),
      );
    return { alignment, hole, rows: new Map(SMALL_DESIGNS.map((variant) => [variant, rowsOf(variant)])) };
  }),
);

it("small charts share one scale, and their table holds what they show", () => {
  const scale = smallScale(SMALLS);
  const heights = new Set(
    SMALLS.map((small) => {
      const grid = smallPicture(small, scale, 300).marks.filter(({ key }) => key.startsWith("grid"));
      return grid.map((mark) => (mark.kind === "shape" ? mark.d : "")).join();
    }),
  );
  expect(heights.size).toBe(1);
  const table = smallTable(SMALLS);
  expect(table.rows).toHaveLength(3 * 3 * 2);
  expect(table.rows[0]?.slice(0, 3)).toEqual(["aligned", "1 page (4 KiB)", "LIST"]);
  expect(table.rows[0]?.[6]).toBe(SMALLS[0]?.rows.get("v10")?.at(-1)?.cost.ns);
  expect(smallSays(SMALLS[2]!)).toContain("aligned, every memslot: LIST");
  // Memslots of one page are one hole each.
  expect(smallHoles(1)).toHaveLength(2);
});

it("every timed punch that no price was fitted on has a sign, and each median lies within twice of measured", () => {
  const { marks } = predictedPicture(800);
  const signs = marks.filter(({ key }) => /^punch_\w+-\d+$/.test(key));
  expect(signs).toHaveLength(TIMED_PUNCHES.filter(({ slots }) => !FITTED_ON.includes(slots)).length);
  const { rows } = predictedTable();
  expect(rows.map(([, , median]) => median)).toEqual(comparisons().map(({ median }) => median));
  for (const [, , median] of rows) {
    expect(median).toBeGreaterThan(0.5);
    expect(median).toBeLessThan(2);
  }
});
