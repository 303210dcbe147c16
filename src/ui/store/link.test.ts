// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALIGNMENTS, PRICE_IDS, SLOTS_MAX, STEPPED_MAX, VARIANTS, WALK_BASES } from "../../engine/index.ts";
import { FIGURE_IDS, type FanoutSettings, settingsOf, wordsOf } from "../scene/fanout/settings.ts";
import { MEASURE_IDS } from "../text/fanout/names.ts";
import { linkOf } from "./link.ts";
import { type Place, placeNamed } from "./place.ts";
import { LINK_CHARS_MAX, placeOf } from "./readLink.ts";

const name = fc.stringMatching(/^[\w.-]{1,20}$/);
const designs = fc.shuffledSubarray([...VARIANTS], { minLength: 2, maxLength: 2 }) as fc.Arbitrary<
  NonNullable<Place["designs"]>[number][]
>;
const punch = fc
  .tuple(name, fc.nat(2 ** 31), fc.integer({ min: 1, max: 2 ** 31 }))
  .map(([file, start, pages]) => ({ file, start, end: start + pages }));

const settings: fc.Arbitrary<FanoutSettings> = fc.record({
  slot: fc.integer({ min: 1, max: 2 ** 20 }),
  align: fc.constantFrom(...ALIGNMENTS),
  hole: fc.oneof(
    fc.integer({ min: 1, max: 2 ** 30 }).map((pages) => ({ pages })),
    fc.constantFrom(1, 0.5, 0.25, 0.015625, 0.3).map((share) => ({ share })),
  ),
  vms: fc.integer({ min: 1, max: 64 }),
  vcpus: fc.integer({ min: 1, max: 4096 }),
  walks: fc.constantFrom(...WALK_BASES),
  upto: fc.constantFrom(STEPPED_MAX, SLOTS_MAX),
  y: fc.constantFrom(...MEASURE_IDS),
  read: fc.integer({ min: 1, max: STEPPED_MAX }),
  lines: fc
    .shuffledSubarray([...VARIANTS], { minLength: 1 })
    .map((some) => VARIANTS.filter((one) => some.includes(one))),
  prices: fc.dictionary(fc.constantFrom(...PRICE_IDS), fc.nat(10 ** 8)).map((prices) => ({ ...prices })),
  tables: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...FIGURE_IDS]) },
  ),
});

const view = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ view: "lab" as const, fanout: {} }) },
  { weight: 1, arbitrary: settings.map((given) => ({ view: "fanout" as const, fanout: wordsOf(given) })) },
);

const place: fc.Arbitrary<Place> = fc
  .record({
    named: fc.oneof(
      name.map((scenario) => ({ scenario, recording: null })),
      fc
        .record({
          print: fc.stringMatching(/^[0-9a-f]{8}$/),
          name: fc
            .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
            .filter((own) => /^\P{Cc}{1,200}$/u.test(own)),
        })
        .map((recording) => ({ scenario: "", recording })),
    ),
    from: fc.option(fc.nat(9_999_998)),
    steps: fc.boolean(),
    punches: fc.array(punch, { maxLength: 5 }),
    designs: fc.option(designs.map(([upper, lower]) => [upper!, lower!] as const)),
    at: fc.option(fc.record({ operation: fc.nat(1000), step: fc.nat(70_000) })),
    zoom: fc.integer({ min: -9, max: 9 }),
    file: fc.option(name),
    pinned: fc.option(
      fc.constantFrom(
        "slot:vm0/3",
        "page:f0/18",
        "lock:f0/rm->lock",
        "event:v10/14",
        "leaf:vm0/2/512",
        "tlb:vm0/0/5",
      ),
    ),
    theme: fc.option(fc.constantFrom("dark" as const, "light" as const)),
    code: fc.boolean(),
    log: fc.boolean(),
    alone: fc.constantFrom(0, 1, null),
    shown: view,
  })
  .map(({ alone, named, shown, ...rest }) => ({
    ...rest,
    ...shown,
    ...named,
    only: alone === null ? null : (rest.designs?.[alone] ?? null),
  }));

describe("a link", () => {
  it("reads as it is written, and says in words what it shows", () => {
    const written = linkOf({
      ...placeNamed("t-a-12"),
      punches: [{ file: "f0", start: 18, end: 22 }],
      designs: ["v10", "review-seed"],
      only: "v10",
      at: { operation: 0, step: 18 },
      pinned: "lock:f0/rm->lock",
      theme: "light",
    });
    expect(written).toBe(
      "#v1&scenario=t-a-12&punch=f0:18-22&designs=v10,review-seed&only=v10&at=1.18&pin=lock:f0/rm->lock&theme=light",
    );
  });

  it("gives back every place that was written into it", () => {
    fc.assert(
      fc.property(place, (given) => {
        const link = linkOf(given);
        expect(link).toMatch(/^#[\x21-\x7e]+$/);
        expect(placeOf(link)).toEqual({ ok: true, place: given });
      }),
      { numRuns: 2000 },
    );
  });

  it("says what the fan-out view is set to, and gives all of that back", () => {
    const fanout = wordsOf({
      ...settingsOf({}),
      ...{ y: "callbacks", read: 600, slot: 64, align: "shifted", hole: { share: 0.5 } },
      ...{ walks: "cold", lines: ["v10", "review"], prices: { lock: 20, spteZap: 2.5 } },
    });
    expect(linkOf({ ...placeNamed("t-h"), view: "fanout", fanout })).toBe(
      "#v1&scenario=t-h&view=fanout&y=callbacks&read=600&slot=64&align=shifted&hole=0.5x&walks=cold&lines=v10,review&prices=lock:20,spteZap:2.5",
    );
    fc.assert(
      fc.property(settings, (given) => {
        expect(settingsOf(wordsOf(given))).toEqual(given);
      }),
    );
    // By hand nobody names a scenario for it.
    expect(placeOf("#v1&view=fanout")).toMatchObject({
      ok: true,
      place: { scenario: "t-a-12", view: "fanout" },
    });
  });

  it.each([
    ["", 'begins with ""'],
    ["#v1&scenario=t-h&read=64", "Expected view=fanout"],
    ["#v1&scenario=t-h&view=lab", "view=fanout"],
    ["#v1&view=fanout&read=0", "whole number from 1 to 1048576"],
    ["#v1&view=fanout&hole=2x", "part of the memslots"],
    ["#v1&view=fanout&hole=0.50x", "part of the memslots"],
    ["#v1&view=fanout&lines=", "designs out of"],
    ["#v1&view=fanout&upto=4096", "32764 or 1048576"],
    ["#v1&view=fanout&prices=lock:-1", "nanoseconds by price"],
    ["#v1&view=fanout&prices=lock:1,lock:2", "nanoseconds by price"],
    ["#v1&view=fanout&y=time", "ns, callbacks, wasted, reads, bytes"],
    ["#v2&scenario=t-a-12", 'begins with "v2"'],
    ["#v1", "names no scenario"],
    ["#v1&scenario=t-a-12&recording=1a2b3c4d,x", "a scenario and a recording"],
    ["#v1&recording=1a2b3c4,x", "eight hex digits"],
    ["#v1&recording=1a2b3c4d,", "the name of a log"],
    ["#v1&scenario=t-a-12&from=0", "counted from 1"],
    ["#v1&scenario=", "name of a scenario"],
    ["#v1&scenario=t-a-12&scenario=t-h", "twice"],
    ["#v1&scenario=t-a-12&speed=4", '"speed=4" says nothing'],
    ["#v1&scenario=t-a-12&toString=1", "says nothing"],
    ["#v1&scenario=t-a-12&at", "says nothing"],
    ["#v1&scenario=t-a-12&at=0.3", "counted from 1"],
    ["#v1&scenario=t-a-12&at=1.18.4", "counted from 1"],
    ["#v1&scenario=t-a-12&designs=v10,v10", "two different designs"],
    ["#v1&scenario=t-a-12&designs=v10", "two different designs"],
    ["#v1&scenario=t-a-12&designs=v10,merged", "two different designs"],
    ["#v1&scenario=t-a-12&designs=review,review-seed&only=v10", "none of its two designs"],
    ["#v1&scenario=t-a-12&punch=f0:22-18", "pages [start, end)"],
    ["#v1&scenario=t-a-12&punch=f0:0-2251799813685248", "pages [start, end)"],
    ["#v1&scenario=t-a-12&zoom=99", "whole number from -9 to 9"],
    ["#v1&scenario=t-a-12&zoom=0", "whole number from -9 to 9"],
    ["#v1&scenario=t-a-12&theme=<script>", "dark or light"],
    ["#v1&scenario=%E0%A4%A", "name of a scenario"],
    ["#v1&scenario=t-a-12&pin=javascript:alert(1)", "an object"],
    ["#v1&scenario=t-b4&pin=leaf:vm0/9/5", "an object"],
    [`#v1&scenario=${"a".repeat(LINK_CHARS_MAX)}`, "characters long"],
  ])("%j is refused, with the part that is wrong and what was expected", (hash, says) => {
    expect(placeOf(hash)).toMatchObject({ ok: false, says: expect.stringContaining(says) });
  });

  it("that names one design alone and no pair leaves the pair to the scenario", () => {
    expect(placeOf("#v1&scenario=t-b4&only=v10")).toEqual({
      ok: true,
      place: { ...placeNamed("t-b4"), only: "v10" },
    });
  });

  it("whose scenario can be read keeps all that can be read besides what is wrong", () => {
    const rest = (hash: string) => {
      const parsed = placeOf(hash);
      return parsed.ok ? "read" : parsed.rest;
    };
    expect(rest("#v1&pin=nothing&scenario=t-b4&at=x&code=1")).toEqual({ ...placeNamed("t-b4"), code: true });
    expect(rest("#v1&scenario=t-b4&designs=review,review-seed&only=v10")).toEqual({
      ...placeNamed("t-b4"),
      designs: ["review", "review-seed"],
    });
    expect(rest("#v1&scenario=t-b4&designs=review,x&only=v10&at=1.2")).toMatchObject({ only: "v10" });
    for (const hash of ["#v2&scenario=t-b4", "#v1&at=x", "#v1&recording=1a2b3c4d,x&at=x"])
      expect(rest(hash)).toBeNull();
  });

  it("that is damaged anywhere is refused or names another place, and never throws: 10,000 of them", () => {
    const characters = fc.constantFrom(..."v1&=,.:-/>%#<\"' \u0000\ud800\u20ac0189azAZ_");
    const damage = fc.record({
      at: fc.nat(400),
      cut: fc.nat(12),
      put: fc.string({ unit: characters, maxLength: 6 }),
    });
    let refused = 0;
    let read = 0;
    fc.assert(
      fc.property(place, fc.array(damage, { minLength: 1, maxLength: 4 }), (given, damages) => {
        let link = linkOf(given);
        for (const { at, cut, put } of damages) {
          const from = at % (link.length + 1);
          link = link.slice(0, from) + put + link.slice(from + cut);
        }
        const parsed = placeOf(link);
        if (parsed.ok) {
          read++;
          expect(placeOf(linkOf(parsed.place))).toEqual(parsed);
        } else {
          refused++;
          expect(parsed.says.length).toBeGreaterThan(10);
          expect(parsed.says.length).toBeLessThan(300);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(refused).toBeGreaterThan(1000);
    expect(read).toBeGreaterThan(100);
  });
});
