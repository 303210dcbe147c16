// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VARIANTS } from "../../engine/index.ts";
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
  })
  .map(({ alone, named, ...rest }) => ({
    ...rest,
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

  it.each([
    ["", 'begins with ""'],
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
