// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { VARIANTS } from "../machine/variants.ts";
import { parseScenario } from "../scenarios/parse.ts";
import { play } from "../scenarios/play.ts";
import { ALIGNMENTS } from "./layout.ts";
import { pointDocument, slotsDocument } from "./pointDocument.ts";
import { formulaRows } from "./sweep.ts";

it("a point of a sweep, played as a scenario, counts what the sweep counts", () => {
  for (const alignment of ALIGNMENTS)
    for (const variant of VARIANTS) {
      const wanted = { slotPages: 96, alignment, holes: [{ pages: 3 }, { share: 0.5 }], vms: 2 };
      for (const [nth, hole] of wanted.holes.entries()) {
        const parsed = parseScenario(
          JSON.stringify(pointDocument({ ...wanted, holes: [hole] }, 24, "A point")),
        );
        if (!parsed.ok) throw new Error(parsed.problems.map(String).join());
        const { counters } = play(parsed.scenario, variant);
        const row = formulaRows(variant, wanted, 24)[nth];
        expect({ ...counters, bindsRefused: 0 }).toEqual(row?.counts);
      }
    }
});

it("memslots of given sizes lie end to end, and the first page of each is punched", () => {
  const document = slotsDocument([8, 1, 512], "Typed");
  expect(document.files).toEqual({ f0: { pages: 521 } });
  expect(document.tasks.P).toEqual(
    [0, 8, 9].map((start) => ({ op: "punch", file: "f0", start, end: start + 1 })),
  );
  expect(parseScenario(JSON.stringify(document)).ok).toBe(true);
});
