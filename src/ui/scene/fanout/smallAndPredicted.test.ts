// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import {
  ALIGNMENTS,
  comparisons,
  FITTED,
  FITTED_ON,
  formulaRows,
  predictedNs,
  TIMED_PUNCHES,
} from "../../../engine/index.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { fittedText, missedText } from "../../text/fanout/predictedText.ts";
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
  smallsPicture,
  smallTable,
} from "./smallScene.ts";

const SMALLS = ALIGNMENTS.flatMap((alignment) =>
  smallHoles(512).map((hole): Small => {
    const wanted = { slotPages: 512, alignment, holes: [hole], vms: 1 };
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
  const scale = smallScale(SMALLS, "ns");
  const heights = new Set(
    SMALLS.map((small) => {
      const grid = smallPicture(small, { measure: "ns", scale, width: 300 }).marks.filter(({ key }) =>
        key.startsWith("grid"),
      );
      return grid.map((mark) => (mark.kind === "shape" ? mark.d : "")).join();
    }),
  );
  expect(heights.size).toBe(1);
  const table = smallTable(SMALLS, "ns");
  expect(table.rows).toHaveLength(3 * 3 * 2);
  expect(table.rows[0]?.slice(0, 3)).toEqual(["aligned", "1 page (4 KiB)", "LIST"]);
  expect(table.rows[0]?.[6]).toBe(SMALLS[0]?.rows.get("v10")?.at(-1)?.cost.ns);
  expect(smallSays(SMALLS[2]!, "ns")).toContain("aligned, every memslot, time of a punch: LIST");
  // Shifted by a page each memslot is three entries: seen in callbacks.
  const callbacks = smallTable(SMALLS, "callbacks").rows.filter(
    ([, hole, design]) => hole === "512 pages (2 MiB)" && design === "XARRAY",
  );
  expect(callbacks.map((row) => row[6])).toEqual([2, 6, expect.any(Number)]);
  const whole = smallsPicture(SMALLS, { measure: "callbacks", scale, width: 300, columns: 3 });
  expect(new Set(whole.marks.map(({ key }) => key)).size).toBe(whole.marks.length);
  expect(whole.marks.filter(({ key }) => key.endsWith("-name"))).toHaveLength(9);
  // Memslots of one page are one hole each.
  expect(smallHoles(1)).toHaveLength(2);
});

it("every timed punch that no price was fitted on has a sign, and each median lies within twice of measured", () => {
  const { marks } = predictedPicture(800);
  const signs = marks.filter(({ key }) => /^punch_\w+-\d+$/.test(key));
  expect(signs).toHaveLength(TIMED_PUNCHES.filter(({ slots }) => !FITTED_ON.includes(slots)).length);
  for (const { op, median } of comparisons()) {
    const bar = marks.find(({ key }) => key === `median-${op}-word`);
    expect(bar?.kind === "text" && bar.text).toBe(`median ${median.toFixed(2)}`);
    expect(median).toBeGreaterThan(0.5);
    expect(median).toBeLessThan(2);
  }
});

it("the table has every timed punch, and the misses are told by number, side and place", () => {
  const { rows } = predictedTable();
  expect(rows).toHaveLength(TIMED_PUNCHES.length);
  for (const [, slots, , , , measured, predicted, ratio, how] of rows) {
    expect(ratio).toBeCloseTo((predicted as number) / (measured as number), 2);
    expect(how).toBe(FITTED_ON.includes(slots as number) ? "fitted on" : "predicted");
  }
  const beyond = rows.filter(
    ([punch, , , , , , , ratio, how]) =>
      punch === "the whole file" && how === "predicted" && ((ratio as number) < 0.5 || (ratio as number) > 2),
  );
  const lowest = Math.min(...beyond.map(([, , , , , , , ratio]) => ratio as number));
  const says = missedText(comparisons());
  expect(says).toContain(`punches of the whole file ${beyond.length} of 59 are predicted beyond twice`);
  expect(says).toContain(`down to ${lowest.toFixed(2)}`);
  expect(missedText([])).toContain("No prediction");
  const free = FITTED.freeing + 512 * FITTED.pageFreed;
  expect(fittedText()).toContain(nsText(FITTED.freeing));
  const whole = TIMED_PUNCHES.filter(({ pages }) => pages === 512).map(
    (punch) => predictedNs(punch) - predictedNs({ ...punch, pages: 0 }),
  );
  for (const ns of whole) expect(ns).toBeCloseTo(free, 3);
});
