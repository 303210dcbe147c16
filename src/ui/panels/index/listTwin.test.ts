// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Play, play } from "../../../engine/index.ts";
import { scenarioFrom, scenarioNamed } from "../../scene/framesOf.ts";
import { gridOf, middleOf, placeAt } from "../../scene/rasterScene.ts";
import { sentence } from "../../text/sentence.ts";
import { placeForKey } from "./ListTwin.tsx";
import { twinText } from "./twinText.ts";

/** What the log says of every event up to step `step` that names `notifier`. */
const logged = ({ recording }: Play, of: Play, notifier: number, step: number): string[] =>
  recording.steps
    .slice(0, step)
    .flatMap((record) =>
      record.events.flatMap((event) =>
        "notifier" in event && event.notifier === notifier ? [sentence(event, record, of)] : [],
      ),
    );

const many = scenarioFrom({
  ...{ format: "restricted-memory-lab/1", title: "t", about: "a" },
  ...{ files: { f0: { pages: 4_000 } }, vms: { vm0: {} } },
  setup: Array.from({ length: 60 }, (_, slot) => ({
    ...{ op: "createSlot", vm: "vm0", slot, pages: 64, file: "f0", pgoff: 64 * slot },
  })),
  tasks: {
    P: [
      { op: "punch", file: "f0", start: 60, end: 200 },
      { op: "deleteSlot", vm: "vm0", slot: 7 },
      { op: "punch", file: "f0", start: 0, end: 4_000 },
    ],
  },
});
const plays = [many, ...["t-b1", "t-b2", "t-h", "t-c3", "t-a-512"].map(scenarioNamed)].map((scenario) =>
  play(scenario, "v10"),
);

it("at any step the text of a notifier is the log's sentences of the events that name it, one after the other", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...plays),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }),
      (own, looks) => {
        for (const [n, s] of looks) {
          const notifier = n % own.memslots.length;
          const step = s % (own.recording.steps.length + 1);
          const told = logged(own, own, notifier, step);
          expect(twinText(own, "9", notifier, step)).toBe(
            `Slot 9. ${told.length === 0 ? "It has been told nothing yet." : told.join(" ")}`,
          );
        }
      },
    ),
    { numRuns: 150 },
  );
});

it("the keys go through the notifiers in list order and stop at both ends", () => {
  expect(
    ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"].map((key) => placeForKey(key, 5, 10, 4)),
  ).toEqual([6, 6, 4, 4]);
  expect(["PageDown", "PageUp", "Home", "End"].map((key) => placeForKey(key, 5, 10, 4))).toEqual([
    9, 1, 0, 9,
  ]);
  expect([placeForKey("ArrowUp", 0, 10, 4), placeForKey("ArrowDown", 9, 10, 4)]).toEqual([0, 9]);
  expect([placeForKey("a", 5, 10, 4), placeForKey(" ", 5, 10, 4)]).toEqual([null, null]);
});

it.each([
  [4_096, 896],
  [32_764, 896],
  [32_764, 704],
  [25, 256],
])(
  "%i cells stand in %i pixels at a height of at most 60, and each is found under its middle",
  (count, width) => {
    const grid = gridOf(count, width);
    expect(grid.rows * grid.cell).toBeLessThanOrEqual(60);
    expect(grid.columns * grid.cell).toBeLessThanOrEqual(width);
    for (const place of [0, 1, grid.columns - 1, grid.columns, count - 1]) {
      const { x, y } = middleOf(grid, place);
      expect(placeAt(grid, count, x, y)).toBe(place < count ? place : null);
    }
    expect(placeAt(grid, count, -1, grid.top)).toBeNull();
    expect(placeAt(grid, count, 0, grid.top - 1)).toBeNull();
    expect(placeAt(grid, count, 0, grid.top + grid.rows * grid.cell)).toBeNull();
  },
);
