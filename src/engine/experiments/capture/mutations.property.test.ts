// SPDX-License-Identifier: GPL-2.0-only
// Both captures and the memory map, damaged in ten thousand ways: cut, doubled, overwritten, with flipped bits and
// swapped lines.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holds } from "./captureHolds.ts";
import { type MemoryMap, readMtree } from "./mtree.ts";

const fromHere = (path: string) => readFileSync(new URL(path, import.meta.url));
const BOOT = fromHere("./recordings/qemu-q35-kvm-boot-hotplug.strace").toString();
const BALLOON = gunzipSync(
  fromHere("../../../../public/captures/qemu-q35-linux-balloon.strace.gz"),
).toString();
const MAP = fromHere("../../../../public/captures/qemu-q35-linux-balloon.mtree.txt").toString();
const LINES = BALLOON.split("\n");

/** A place in a text of any length, as a part of it. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const length = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 80 }) },
  { weight: 1, arbitrary: fc.nat({ max: 2000 }) },
);
const put = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    "-1",
    "9223372036854775808",
    "0xffffffffffffffff",
    "\n",
    "\r",
    " ",
    "<",
    ">",
    '"',
    ")",
    " = ",
    "fork(",
  ),
);
const mutation = fc.record({
  kind: fc.constantFrom("cut", "doubled", "overwritten", "flipped", "swapped", "ended"),
  at: place,
  to: place,
  length,
  put,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

const mutated = (text: string, list: readonly Mutation[]) => list.reduce(mutatedOnce, text);

function mutatedOnce(text: string, { kind, at, to, length, put }: Mutation): string {
  const from = Math.floor(at * text.length);
  const [before, piece, after] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ];
  switch (kind) {
    case "cut":
      return before + after;
    case "doubled":
      return before + piece + piece + after;
    case "overwritten":
      return before + put + after;
    case "flipped":
      return (
        before +
        [...piece].map((c, i) => String.fromCharCode(c.charCodeAt(0) ^ (1 << (i % 8)))).join("") +
        after
      );
    case "ended":
      return to < 0.9 ? text : before;
    case "swapped":
      return swapped(text.split("\n"), at, to).join("\n");
  }
}

function swapped(lines: string[], at: number, to: number): string[] {
  const [a, b] = [Math.floor(at * lines.length), Math.floor(to * lines.length)];
  [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  return lines;
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });

/** Runs the property and sums up where its cases have been. */
function reaching<T>(
  arbitrary: fc.Arbitrary<T>,
  numRuns: number,
  run: (value: T) => ReturnType<typeof holds>,
) {
  const reached: Record<string, number> = {};
  fc.assert(
    fc.property(arbitrary, (value) => {
      for (const [kind, count] of Object.entries(run(value)))
        reached[kind] = (reached[kind] ?? 0) + (count ?? 0);
    }),
    { numRuns },
  );
  return reached;
}

function mapOf(text: string): MemoryMap | null {
  const read = readMtree(text);
  if (!read.ok) expect(read.problem).toMatch(/^[^\n]+$/);
  return read.ok ? read.map : null;
}

describe("every line counts once and the scenario fits its format", () => {
  it("for 6,000 mutations of the boot capture", () => {
    const reached = reaching(mutations, 6000, (list) => holds(mutated(BOOT, list)));
    for (const kind of ["used", "notOurs", "unread", "created", "deleted", "backed"]) {
      expect(reached[kind], kind).toBeGreaterThan(0);
    }
  }, 60_000);

  it("for 4,000 mutations of pieces of the balloon capture", () => {
    const map = mapOf(MAP);
    const piece = fc.tuple(
      mutations,
      fc.integer({ min: 6, max: LINES.length }),
      fc.integer({ min: 100, max: 300 }),
    );
    const reached = reaching(piece, 4000, ([list, start, count]) =>
      holds(mutated([...LINES.slice(0, 6), ...LINES.slice(start, start + count)].join("\n"), list), map),
    );
    for (const kind of ["used", "unread", "punches", "slotsFromMap", "backed"]) {
      expect(reached[kind], kind).toBeGreaterThan(0);
    }
  }, 60_000);

  it("for some mutations of all of it", () => {
    fc.assert(
      fc.property(mutations, (list) => void holds(mutated(BALLOON, list))),
      { numRuns: 8 },
    );
  }, 60_000);

  it("for 2,000 mutations of the memory map", () => {
    const log = LINES.slice(0, 20).join("\n");
    let refused = 0;
    const reached = reaching(mutations, 2000, (list) => {
      const map = mapOf(mutated(MAP, list));
      if (map === null) refused++;
      return holds(log, map);
    });
    expect(refused).toBeGreaterThan(0);
    expect(reached.slotsFromMap).toBeGreaterThan(0);
  }, 60_000);
});
