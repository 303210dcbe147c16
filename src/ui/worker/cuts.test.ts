// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { cutBilling, drain, scenarioOf, slotsDocument } from "../../engine/index.ts";
import { cutsOf } from "./cuts.ts";

it("a recording's memslots are those left at the end, and its cuts are the engine's", () => {
  const typed = slotsDocument([64, 64, 512], "Typed");
  const document = {
    ...typed,
    tasks: { P: [...(typed.tasks.P ?? []), { op: "deleteSlot" as const, vm: "vm0", slot: 1 }] },
  };
  const { slots, sizes } = cutsOf(document, [4, 100_000]);
  expect(slots).toEqual([
    { file: "f0", start: 0, end: 64 },
    { file: "f0", start: 128, end: 640 },
  ]);
  const [four, many] = sizes;
  expect(four?.bills.map(({ variant }) => variant)).toEqual(["v10", "review", "review-seed"]);
  expect(four?.bills[1]).toEqual(drain(cutBilling(scenarioOf(document), "review", 4)));
  expect(four?.bills[0]?.total.startCallbacks).toBe(3 * 4);
  expect(many?.bills).toEqual([]);
  expect(many?.trouble).toContain("640 pages can be cut into 1 to 640");
});
