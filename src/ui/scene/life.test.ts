// SPDX-License-Identifier: GPL-2.0-only
// What happened to a page, in the scenarios that are about that.
import { describe, expect, it } from "vitest";
import { play, type Play } from "../../engine/index.ts";
import { framesOf, scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { knownLife, type Life, lifeOf, sightAt, wrongReads } from "./life.ts";
import type { MomentKind } from "./lifeMoment.ts";
import { tellingPage } from "./lifePage.ts";
import { stalePage } from "./stalePage.ts";

const plays = new Map<string, readonly Play[]>();
function playsOf(name: string): readonly Play[] {
  const scenario = scenarioNamed(name);
  const known = plays.get(name) ?? scenario.show.map((variant) => play(scenario, variant));
  plays.set(name, known);
  return known;
}

/** Under the upper design and under the lower one. */
const livesOf = (name: string, page: number): readonly [Life, Life] => {
  const [upper, lower] = playsOf(name).map((own) => lifeOf(own, "f0", page));
  return [upper!, lower!];
};

/** `24 freed left the file`, a line a moment. */
const told = ({ moments }: Life) => moments.map(({ step, kind, text }) => `${step} ${kind} ${text}`);
const kinds = ({ moments }: Life): MomentKind[] => moments.map(({ kind }) => kind);

describe("t-b4: a page is freed while a guest maps it", () => {
  const [list, xarray] = livesOf("t-b4", 5);

  it("the list's is told from the frame it got to what another guest wrote there", () => {
    expect(told(list)).toEqual([
      "0 page allocated: pfn 5",
      "2 notTold no call is about it: no slot has it",
      "9 slot slot vm0/0 has it at gfn 5",
      "14 held a fault holds it: 2 references",
      "16 mapped mapped by vm0 at gfn 5 (4 KiB)",
      "22 wrote written by vm0",
      "24 notTold slot vm0/0 not told: came after the walk",
      "24 freed left the file: freed, generation 1",
      "24 stale vm0's gfn 5 reads a freed page",
      "27 unpaired slot vm0/0 was told: end, without a start",
      "31 taken pfn 5 now page 58 of f1, written by vm1",
      "31 stale vm0's gfn 5 reads what vm1 wrote",
      "32 stale vm0/vcpu0 has read there",
    ]);
  });

  it("under the xarray the page is new, and its old frame is another's", () => {
    expect(told(xarray)).toEqual([
      "0 page allocated: pfn 5",
      "2 notTold no call is about it: no slot has it",
      "4 freed left the file: freed, generation 1",
      "12 slot slot vm0/0 has it at gfn 5",
      "17 page new page: pfn 63, by a fault",
      "19 mapped mapped by vm0 at gfn 5 (4 KiB)",
      "25 wrote written by vm0",
      "26 taken pfn 5 now page 57 of f1, written by vm1",
    ]);
  });

  it("how the page is at a step is what the step has left of it", () => {
    expect(sightAt(list, 0).frame).toMatchObject({ pfn: 5, generation: 0, refs: 1, writer: null });
    expect(sightAt(list, 14).frame?.refs).toBe(2);
    expect(sightAt(list, 23).frame?.writer).toBe("vm0");
    expect(sightAt(list, 24).frame).toBeNull();
    expect(sightAt(list, 1000).frames).toMatchObject([{ pfn: 5, taker: { file: "f1", page: 58 } }]);
    expect(wrongReads(list, 23)).toEqual([]);
    expect(wrongReads(list, 24)).toEqual(["vm0 still maps it: gfn 5 reads a freed page (what vm0 wrote)"]);
    expect(wrongReads(list, 31)).toEqual(["vm0 still maps it: gfn 5 reads what vm1 wrote"]);
    expect(wrongReads(xarray, 1000)).toEqual([]);
  });

  it("the life that was asked for last is kept, and no other", () => {
    const [own] = playsOf("t-b4");
    expect(lifeOf(own!, "f0", 5)).toBe(knownLife(own!, "f0", 5));
    expect(knownLife(own!, "f0", 6)).toBeNull();
    expect(knownLife(own!, "f1", 5)).toBeNull();
  });
});

it("a freed page that somebody else got and did not write reads as zeroes, and says whose it is", () => {
  const { document } = scenarioNamed("t-b4");
  const scenario = scenarioFrom({
    ...document,
    tasks: {
      ...document.tasks,
      U: [document.tasks.U?.[0], { op: "allocate", file: "f1", start: 0, end: 64 }],
    },
    expect: {},
  });
  const life = lifeOf(play(scenario, "v10"), "f0", 5);
  const now = wrongReads(life, 1000);
  expect(now).toEqual(["vm0 still maps it: gfn 5 reads zeroes (page 58 of f1)"]);
});

it("t-l5: what was zapped stays cached until the flush, and only then is the page freed", () => {
  const [list] = livesOf("t-l5", 5);
  const at = told(list);
  expect(at).toContain("17 zapped zapped in vm0");
  expect(at).toContain("17 held still cached by vm0/vcpu0");
  expect(at).toContain("19 flushed flushed in vm0");
  expect(kinds(list)).not.toContain("stale");
});

it("t-l5-off: without the flush the vCPU reads on through what it has cached", () => {
  for (const life of livesOf("t-l5-off", 5)) {
    expect(kinds(life)).not.toContain("flushed");
    expect(wrongReads(life, 1000)).toEqual(["vm0/vcpu0 has it cached: gfn 5 reads what vm1 wrote"]);
  }
});

it("t-l1 and t-l2: a fault that comes at the wrong moment is sent back, and says what stopped it", () => {
  const [upper] = livesOf("t-l1", 5);
  expect(told(upper)).toEqual(
    expect.arrayContaining([
      "13 left left the file, still held: 1 reference",
      "21 back fault sent back: a bracket has ended",
      "22 freed pfn 5 freed, generation 1",
      "26 page new page: pfn 5, by a fault",
    ]),
  );
  expect(kinds(upper)).not.toContain("taken"); // by itself
  expect(told(livesOf("t-l2", 5)[1])).toContain("14 back fault sent back: a bracket is open");
});

it("t-b1 and t-b3: a start without its end, and an end without a start, are told as what they are", () => {
  const [list, xarray] = livesOf("t-b1", 5);
  expect(told(list)).toContain("21 unpaired slot 0 is freed: its end never comes");
  expect(told(list)).toContain("3 told slot 0 was told: start");
  expect(told(xarray)).toContain("16 slot slot 0 waits for rm->lock");
  expect(kinds(xarray)).not.toContain("unpaired");
  const [again] = livesOf("t-b3", 3);
  expect(told(again)).toContain("31 notTold slot 0 not told: came after the walk");
  expect(told(again)).toContain("34 unpaired slot 0 was told: end, without a start");
});

it("t-m1 and t-m3: a large leaf goes as a whole; a page of a folio that is held is zeroed and stays", () => {
  const [large] = livesOf("t-m1", 3);
  expect(told(large).slice(0, 4)).toEqual([
    "0 page allocated: pfn 3, in a folio of 2 MiB",
    "0 mapped mapped by vm0 at gfn 3 (2 MiB)",
    "7 told slot 0 was told: start",
    "9 zapped zapped in vm0, all 2 MiB",
  ]);
  const [beside] = livesOf("t-m1", 4);
  expect(told(beside)).toContain("15 left its folio was split: 4 KiB each");
  const [kept] = livesOf("t-m3", 3);
  expect(told(kept)).toContain("13 left zeroed, not freed: its folio is held");
  expect(sightAt(kept, 1000).frame?.pfn).toBe(3);
});

it("a page that is never there, and one of a recording that nobody saw, begin as such", () => {
  const hole = livesOf("t-ah", 0)[0];
  expect(told(hole)[0]).toBe("0 hole a hole");
  expect(sightAt(hole, 1000)).toMatchObject({ frame: null, frames: [], reaches: [] });
});

it("what happens again and again is one moment", () => {
  const scenario = scenarioFrom({
    ...scenarioNamed("t-b4").document,
    setup: [{ op: "createSlot", vm: "vm1", slot: 0, pages: 64, file: "f1", pgoff: 0 }],
    tasks: { P: Array.from({ length: 3 }, () => ({ op: "punch", file: "f0", start: 0, end: 64 })) },
    choices: [],
    expect: {},
  });
  expect(told(lifeOf(play(scenario, "v10"), "f0", 5))).toEqual([
    "0 hole a hole",
    "2 notTold no call is about it: no slot has it, 3 times",
  ]);
});

it("of many pages the one is shown that a guest read when it was another's, else one that it touched", () => {
  const all = { file: "f0", start: 0, end: 64 };
  expect(tellingPage(playsOf("t-b4"), all)).toBe(5);
  expect(tellingPage(playsOf("t-b4"), { ...all, start: 8 })).toBe(8);
  expect(tellingPage(playsOf("t-l5"), all)).toBe(5);
  expect(tellingPage(playsOf("t-m1"), { file: "f0", start: 0, end: 512 })).toBe(4);
  expect(tellingPage(playsOf("t-a-12"), { file: "f0", start: 18, end: 22 })).toBe(18);
});

it("the page that is freed while a guest comes to it is so in the steps in which that holds, and no others", () => {
  const at = (name: string, step: number) =>
    framesOf(scenarioNamed(name), 0, step).map((frame) => stalePage(frame, "f0"));
  expect([23, 24, 32].map((step) => at("t-b4", step))).toEqual([
    [null, null],
    [5, null],
    [5, null],
  ]);
  expect(at("t-m4", 1000)).toEqual([3, 3]); // one page of a leaf of 2 MiB
  expect(at("t-l5-off", 1000)).toEqual([5, 5]); // in a TLB only
  expect(at("t-l5", 1000)).toEqual([null, null]);
});
