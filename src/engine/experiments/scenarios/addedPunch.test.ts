// SPDX-License-Identifier: GPL-2.0-only
// Holes that a viewer adds: where they go, that they come last, and that their price is what they then cost.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../../assert.ts";
import { drain } from "../../sim/slices.ts";
import { VARIANTS } from "../machine/variants.ts";
import { type AddedPunch, isSinglePunch, withPunches } from "./addedPunch.ts";
import { BUILT_INS, builtIn } from "./catalogue.ts";
import type { ScenarioDocument } from "./document.ts";
import { parseDocument } from "./parse.ts";
import { type Play, play } from "./play.ts";
import { pricingBase, pricingPunch } from "./punchPrice.ts";
import { scenarioOf } from "./scenarioOf.ts";

function documentOf(name: string): ScenarioDocument {
  const known = present(builtIn(name), name);
  if (!("document" in known)) throw new Error(`${name} is not written in code`);
  return known.document();
}

const hole = (start: number, end: number): AddedPunch => ({ file: "f0", start, end });

describe("withPunches", () => {
  it("gives the document back where there is nothing to add", () => {
    const document = documentOf("t-h");
    expect(withPunches(document, [])).toBe(document);
  });

  it("replaces a single punch by the last one added, and no longer expects what that one showed", () => {
    const document = documentOf("t-a-12");
    expect(isSinglePunch(document)).toBe(true);
    const edited = withPunches(document, [hole(1, 2), hole(40, 44)]);
    expect(edited.tasks).toEqual({ P: [{ op: "punch", file: "f0", start: 40, end: 44 }] });
    expect(edited.expect).toBeUndefined();
    expect(edited.setup).toBe(document.setup);
  });

  it("adds to the end of the only task otherwise, all of them in their order", () => {
    const document = documentOf("t-c1");
    expect(isSinglePunch(document)).toBe(false);
    const [name = "", before = []] = Object.entries(document.tasks)[0] ?? [];
    const edited = withPunches(document, [hole(1, 2), hole(40, 44)]);
    expect(edited.tasks).toEqual({
      [name]: [...before, { op: "punch", ...hole(1, 2) }, { op: "punch", ...hole(40, 44) }],
    });
  });

  it("gives several tasks one more, which takes its first step when all others have ended", () => {
    for (const [name, fresh] of [
      ["t-b1", "P2"],
      ["t-h", "P3"],
    ] as const) {
      const edited = scenarioOf(withPunches(documentOf(name), [hole(0, 1), hole(5, 6)]));
      expect([...edited.tasks.keys()].at(-1)).toBe(fresh);
      for (const variant of VARIANTS) {
        const tasks = play(edited, variant).recording.steps.map(({ task }) => task);
        const own = edited.tasks.size - 1;
        expect(tasks.indexOf(own)).toBeGreaterThan(tasks.findLastIndex((task) => task !== own));
      }
    }
  });

  it("keeps the declared findings, with their traps, where the scenario's own run is still there", () => {
    const edited = withPunches(documentOf("t-b1"), [hole(256, 320)]);
    expect(edited.expect?.v10).toEqual({
      findings: [
        { invariant: "I3", trap: "T-b1" },
        { invariant: "I4", trap: "T-b1" },
      ],
    });
    const { findings } = play(scenarioOf(edited), "v10");
    expect(new Set(findings.map(({ invariant }) => invariant))).toEqual(new Set(["I3", "I4"]));
  });

  it("makes documents that the parser accepts, of every built-in", () => {
    for (const known of BUILT_INS) {
      if (!("document" in known)) continue;
      const edited = withPunches(known.document(), [hole(3, 9), hole(0, 2 ** 51 - 1)]);
      expect(parseDocument(edited)).toMatchObject({ ok: true });
    }
  });
});

describe("the price of an added punch", () => {
  const small = ["t-a-12", "t-b1", "t-b2", "t-c1", "t-c2", "t-d", "t-h"];
  const cost = ({ counters, recording }: Play) => ({
    calls: counters.startCallbacks + counters.endCallbacks,
    wasted: counters.wasted,
    steps: recording.steps.length,
  });

  it("is what the run with it costs more than the run without it, under every design", () => {
    let seenCalls = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...small),
        fc.constantFrom(...VARIANTS),
        fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 5000 })),
        (name, variant, [start, pages]) => {
          const document = documentOf(name);
          const replaces = isSinglePunch(document);
          const before = play(scenarioOf(document), variant);
          const punch = hole(start, start + pages);
          const after = cost(play(scenarioOf(withPunches(document, [punch])), variant));
          const without = replaces ? { calls: 0, wasted: 0, steps: 0 } : cost(before);
          const { isStuck, ...price } = drain(pricingPunch(drain(pricingBase(before, replaces)), punch));
          expect(isStuck).toBe(false);
          expect(price).toEqual({
            calls: after.calls - without.calls,
            wasted: after.wasted - without.wasted,
            steps: after.steps - without.steps,
          });
          seenCalls += price.calls;
        },
      ),
      { numRuns: 150 },
    );
    expect(seenCalls).toBeGreaterThan(100);
  });

  it("leaves its machine as it was: asked twice, it says the same", () => {
    const base = drain(pricingBase(play(scenarioOf(documentOf("t-a-12")), "v10"), true));
    const first = drain(pricingPunch(base, hole(18, 22)));
    expect(first).toEqual({ calls: 24, wasted: 22, steps: 38, isStuck: false });
    expect(drain(pricingPunch(base, hole(18, 22)))).toEqual(first);
  });
});
