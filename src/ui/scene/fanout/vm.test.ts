// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { formulaRows, newCounters } from "../../../engine/index.ts";
import { typedSlots } from "../../text/fanout/typedSlots.ts";
import { pricedRows } from "./measures.ts";
import { caseOf, pricingOf, USUAL } from "./settings.ts";
import { costOfAll, type VmBill, vmTable } from "./vmBill.ts";
import { billsPicture, billsSay, machinePicture } from "./vmScene.ts";

const PRICING = pricingOf(USUAL);

it("many equal punches cost as many times what one does", () => {
  const wanted = caseOf(USUAL);
  for (const variant of ["v10", "review"] as const) {
    const [row] = pricedRows(formulaRows(variant, wanted, 512), wanted, PRICING);
    if (row === undefined) throw new Error("no row");
    const total = Object.fromEntries(Object.entries(row.counts).map(([id, n]) => [id, 100 * n]));
    const all = costOfAll(variant, total as typeof row.counts, { bound: row.bound, slotPages: 512 }, PRICING);
    expect(all.ns).toBeCloseTo(100 * row.cost.ns, 3);
    expect(all.high).toBeCloseTo(100 * row.cost.high, 3);
  }
  const none = { ...(formulaRows("v10", wanted, 8)[0]?.counts ?? newCounters()), punches: 0 };
  expect(costOfAll("v10", none, { bound: 8, slotPages: 1 }, PRICING).ns).toBe(0);
});

it("a machine's memslots lie along the pages of their files, and every punch is in a bar", () => {
  const slots = [
    { file: "f0", start: 0, end: 256 },
    { file: "f0", start: 256, end: 512 },
    { file: "f1", start: 0, end: 8 },
  ];
  const { marks } = machinePicture(slots, { times: [0, 10, 10, 100], unit: "time" }, 400);
  const starts = marks.flatMap((mark) =>
    mark.kind === "shape" && mark.key.startsWith("slot-f0") ? [Number(/^M([\d.]+)/.exec(mark.d)?.[1])] : [],
  );
  expect(starts).toEqual([1, 200]);
  const texts = marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));
  expect(texts).toContain("f0: 2 memslots, 2 MiB");
  expect(texts).toContain("100 µs");
  const bars = marks.find(({ key }) => key === "bars");
  expect(bars?.kind === "shape" && bars.d.split("M").length - 1).toBe(3);
  expect(machinePicture(slots, { times: [], unit: "operation" }, 400).marks.length).toBeGreaterThan(3);
});

it("bills lie on one axis, a line a layout, and are said and listed with the same times", () => {
  const bill = (layout: string, variant: VmBill["variant"], ns: number): VmBill => ({
    ...{ layout, slots: 8, variant, bound: 8, callbacks: 16, wasted: 14 },
    cost: { ns, low: ns, high: ns, inRange: true },
  });
  const bills = [
    bill("as it is", "v10", 1e6),
    bill("as it is", "review", 1e6),
    bill("512", "v10", 1e8),
    bill("512", "review", 1e6),
  ];
  const { marks } = billsPicture(bills, 600);
  const at = (key: string) => {
    const mark = marks.find((one) => one.key === key);
    return Number(/^M([\d.]+)/.exec(mark?.kind === "shape" ? mark.d : "")?.[1]);
  };
  expect(at("sign-512-review")).toBe(at("sign-as it is-review"));
  // Equal bills do not hide each other, and each has its figure.
  const yOf = (key: string) => {
    const mark = marks.find((one) => one.key === key);
    return mark?.kind === "text" ? mark.y : Number.NaN;
  };
  expect(yOf("bill-as it is-review") - yOf("bill-as it is-v10")).toBeGreaterThan(12);
  const figures = marks.flatMap((mark) =>
    mark.kind === "text" && mark.key.startsWith("bill-") ? [mark.text] : [],
  );
  expect(figures).toEqual(["1 ms", "1 ms", "100 ms", "1 ms"]);
  expect(at("sign-512-v10")).toBeGreaterThan(at("sign-as it is-v10") + 100);
  expect(billsSay(bills)).toContain("512, LIST: 100 ms");
  expect(vmTable(bills).rows[2]).toEqual(["512", "LIST", 8, 0, 16, 14, 1e8]);
});

it.each([
  ["512 x 3, 1024", [512, 512, 512, 1024]],
  [" 8×2; 4 ", [8, 8, 4]],
])("memslots typed as %j are read", (text, sizes) => {
  expect(typedSlots(text)).toEqual({ ok: true, sizes });
});

it.each([
  ["", "Expected pages"],
  ["0", "cannot be read"],
  ["512 x", "cannot be read"],
  ["1 x 5000", "At most 4096"],
  ["268435457", "cannot be read"],
  ["<b>", "cannot be read"],
])("memslots typed as %j are refused, with what was expected", (text, says) => {
  expect(typedSlots(text)).toEqual({ ok: false, says: expect.stringContaining(says) });
});
