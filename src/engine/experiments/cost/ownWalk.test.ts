// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { VARIANTS } from "../machine/variants.ts";
import { ownWalks } from "./ownWalk.ts";
import { formulaRows } from "./sweep.ts";

it("a walk comes to the memslots in the hole that a punch is counted to hit", () => {
  const wanted = { slotPages: 64, alignment: "shifted" as const, holes: [{ pages: 130 }], vms: 1 };
  for (const variant of VARIANTS) {
    const walks = [...ownWalks(variant, wanted, [4, 40])].filter((walk) => walk !== null);
    expect(walks.map(({ slots }) => slots)).toEqual([4, 40]);
    // The machine has grown since the first one.
    const { counts } = formulaRows(variant, wanted, 40)[0] ?? {};
    expect(walks[1]?.walk()).toBe(counts?.startHits);
  }
});
