// SPDX-License-Identifier: GPL-2.0-only
// How often a punch calls each memslot, through whole scenarios: bindings that KVM made, walks that KVM heard.

import { describe, expect, it } from "vitest";
import { FORMAT, type OperationDocument } from "./document.ts";
import { parseDocument } from "./parse.ts";
import { play } from "./play.ts";
import type { VariantId } from "../machine/variants.ts";

type Calls = Record<string, number>;

/** Slots of vm0 on file ranges, then one punch: the calls by slot, of the start walk and of the end walk. */
function walked(
  variant: VariantId,
  slots: readonly (readonly [start: number, end: number])[],
  punch: readonly [start: number, end: number],
) {
  const setup = slots.map(
    ([start, end], slot): OperationDocument => ({
      op: "createSlot",
      vm: "vm0",
      slot,
      file: "f0",
      pgoff: start,
      pages: end - start,
    }),
  );
  const parsed = parseDocument({
    format: FORMAT,
    title: "Walks",
    files: { f0: { pages: 262_244 } },
    vms: { vm0: {} },
    setup,
    tasks: { P: [{ op: "punch", file: "f0", start: punch[0], end: punch[1] }] },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { recording, refusals, counters } = play(parsed.scenario, variant);
  const calls: Record<"notifier.start" | "notifier.end", Calls> = {
    "notifier.start": {},
    "notifier.end": {},
  };
  for (const { events } of recording.steps)
    for (const event of events)
      if (event.type === "notifier.start" || event.type === "notifier.end") {
        const of = calls[event.type];
        of[event.memslot] = (of[event.memslot] ?? 0) + 1;
        expect([event.start, event.end]).toEqual(punch);
      }
  expect(calls["notifier.end"]).toEqual(calls["notifier.start"]);
  return { calls: calls["notifier.start"], refusals, counters };
}

const A = "vm0/0";
const B = "vm0/1";

describe("calls in each walk of a punch", () => {
  type Row = [
    name: string,
    slots: [start: number, end: number][],
    punch: [start: number, end: number],
    exclusiveAsLast: Calls,
    endMinus1: Calls,
  ];

  it.each<Row>([
    ["W1", [[0, 512]], [0, 512], { [A]: 2 }, { [A]: 1 }],
    ["W2", [[0, 512]], [448, 512], { [A]: 2 }, { [A]: 1 }],
    [
      "W4",
      [
        [0, 512],
        [513, 1_024],
      ],
      [512, 513],
      { [A]: 1, [B]: 1 },
      {},
    ],
    [
      "W5",
      [
        [0, 512],
        [513, 1_024],
      ],
      [0, 1_024],
      { [A]: 2, [B]: 3 },
      { [A]: 1, [B]: 2 },
    ],
    ["W6", [[5, 1_005]], [5, 1_005], { [A]: 3 }, { [A]: 3 }],
    ["W7", [[5, 1_005]], [0, 64], { [A]: 2 }, { [A]: 1 }],
    ["W8", [[5, 1_005]], [100, 101], { [A]: 1 }, { [A]: 1 }],
    ["W9", [[100, 262_244]], [0, 262_244], { [A]: 5 }, { [A]: 5 }],
    ["W10", [[100, 262_244]], [4_000, 5_000], { [A]: 2 }, { [A]: 2 }],
  ])("%s", (_, slots, punch, exclusiveAsLast, endMinus1) => {
    expect(walked("review-seed", slots, punch).calls).toEqual(exclusiveAsLast);
    expect(walked("review", slots, punch).calls).toEqual(endMinus1);
  });

  it("W3: the second of two neighbours is refused as posted, and not as repaired", () => {
    const slots = [
      [0, 512],
      [512, 1_024],
    ] as const;
    const seed = walked("review-seed", slots, [512, 513]);
    expect(seed.refusals).toMatchObject([{ index: 1, errno: "EINVAL" }]);
    // Nobody is told that page 512 goes but the slot that does not own it.
    expect(seed.calls).toEqual({ [A]: 1 });
    expect(seed.counters).toMatchObject({ bindsRefused: 1, startHits: 0 });
    const fixed = walked("review", slots, [512, 513]);
    expect([fixed.refusals, fixed.calls]).toEqual([[], { [B]: 1 }]);
  });

  it("of the list are one for each slot, whatever it covers", () => {
    const slots = [
      [0, 512],
      [513, 1_024],
    ] as const;
    expect(walked("v10", slots, [2_000, 2_001]).calls).toEqual({ [A]: 1, [B]: 1 });
    expect(walked("v10", slots, [0, 1_024]).calls).toEqual({ [A]: 1, [B]: 1 });
  });
});
