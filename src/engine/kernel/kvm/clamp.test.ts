// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gfn, pgoff } from "../../units.ts";
import { clampAfterSkip, clampAsPosted, type SlotSpan } from "./clamp.ts";

const slotOf = (baseGfn: number, base: number, npages: number): SlotSpan => ({
  baseGfn: gfn(baseGfn),
  pgoff: pgoff(base),
  npages,
});

type Row = [
  name: string,
  slot: readonly [baseGfn: number, pgoff: number, npages: number],
  punch: readonly [start: number, end: number],
  posted: readonly [start: bigint, end: bigint] | null,
  /** Left out where it is the same. */
  fixed?: readonly [start: bigint, end: bigint] | null,
];

const W = 2n ** 64n;

const ROWS: Row[] = [
  ["C1", [0, 0, 512], [0, 512], [0n, 512n]],
  ["C2", [1000, 0, 512], [0, 512], [1000n, 1512n]],
  ["C3", [1000, 64, 512], [0, 65], [1000n, 1001n]],
  ["C4", [1000, 64, 512], [0, 64], null],
  ["C5", [1000, 64, 512], [575, 576], [1511n, 1512n]],
  ["C6", [1000, 64, 512], [576, 600], null],
  ["C7", [0, 100, 50], [0, 10], [0n, W - 90n], null],
  ["C8", [89, 100, 50], [0, 10], [89n, W - 1n], null],
  ["C9", [90, 100, 50], [0, 10], null],
  ["C10", [256, 100, 50], [0, 100], null],
  ["C11", [0, 100, 50], [140, 400], [40n, 50n]],
  ["C12", [0, 100, 50], [100, 100], null],
  ["C13", [7, 5, 1000], [0, 5], null],
  ["C14", [7, 5, 1000], [4, 6], [7n, 8n]],
  ["C15", [0, -(2 ** 51), 16], [0, 10], [0n, 2n ** 51n + 10n], null],
  ["C15, an offset of one page more", [0, 1 - 2 ** 51, 16], [0, 10], [0n, 2n ** 51n + 9n], null],
  ["C15, the last offset for 16 pages", [0, -17, 16], [0, 10], [0n, 27n], null],
];

describe("the clamp of KVM's callbacks, row by row", () => {
  const rangeOf = (range: readonly [bigint, bigint] | null) =>
    range === null ? null : { start: range[0], end: range[1] };

  it.each<Row>(ROWS)("%s as posted", (_, slot, [start, end], posted) => {
    expect(clampAsPosted(slotOf(...slot), pgoff(start), pgoff(end))).toEqual(rangeOf(posted));
  });

  it.each<Row>(ROWS)("%s as repaired", (_, slot, [start, end], posted, fixed = posted) => {
    expect(clampAfterSkip(slotOf(...slot), pgoff(start), pgoff(end))).toEqual(rangeOf(fixed));
  });
});

/** The posted arithmetic, each sum a 64-bit unsigned one. */
function postedReference({ baseGfn, pgoff: base, npages }: SlotSpan, start: number, end: number) {
  const u64 = (n: bigint) => BigInt.asUintN(64, n);
  const [g, b, n, s, e] = [baseGfn, base, npages, start, end].map((m) => u64(BigInt(m))) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const gfnStart = s > b ? u64(g + s - b) : g;
  const gfnEnd = e < u64(b + n) ? u64(g + e - b) : u64(g + n);
  return gfnStart < gfnEnd ? { start: gfnStart, end: gfnEnd } : null;
}

/** What the arithmetic is meant to compute: the gfns of the pages that slot and punch share. */
function intersection({ baseGfn, pgoff: base, npages }: SlotSpan, start: number, end: number) {
  const first = Math.max(start, base);
  const past = Math.min(end, base + npages);
  return first < past
    ? { start: BigInt(baseGfn + (first - base)), end: BigInt(baseGfn + (past - base)) }
    : null;
}

/** Small numbers meet each other; large ones are where sums wrap. */
const page = (max: number) => fc.oneof(fc.nat(40), fc.nat(2000), fc.integer({ min: 0, max }));
const slot = fc
  .tuple(
    page(2 ** 40 - 1),
    page(2 ** 51 - 1),
    fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    fc.boolean(),
  )
  // An offset of 2^63 and more, as far as it and the size stay below 2^64.
  .map(([baseGfn, base, npages, far]) =>
    slotOf(baseGfn, far ? Math.max(-(2 ** 51), -1 - base - npages) : base, npages),
  );
/** How the kernel's unsigned sums see it. */
const isFar = ({ pgoff: base }: SlotSpan) => base < 0;
const punch = fc
  .tuple(page(2 ** 51 - 1), page(2 ** 51 - 1))
  .map(([a, b]) => (a === b ? [a, a + 1] : [Math.min(a, b), Math.max(a, b)]) as [number, number]);

describe("the clamp, anywhere", () => {
  it("as posted is the unsigned 64-bit arithmetic, to the bit", () => {
    const seen = { wrapped: 0, hit: 0, missed: 0 };
    fc.assert(
      fc.property(slot, punch, (span, [start, end]) => {
        const range = clampAsPosted(span, pgoff(start), pgoff(end));
        expect(range).toEqual(postedReference(span, start, end));
        if (range === null) seen.missed++;
        else if (range.end > 2n ** 50n) seen.wrapped++;
        else seen.hit++;
      }),
      { numRuns: 2_000, seed: 64 },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(50);
  });

  it("as repaired is the overlap of slot and punch, moved to the slot's gfns", () => {
    fc.assert(
      fc.property(slot, punch, (span, [start, end]) => {
        const shared = isFar(span) ? null : intersection(span, start, end);
        expect(clampAfterSkip(span, pgoff(start), pgoff(end))).toEqual(shared);
      }),
      { numRuns: 2_000, seed: 64 },
    );
  });

  it("differs only where a punch ends at or below the slot's first page", () => {
    fc.assert(
      fc.property(slot, punch, (span, [start, end]) => {
        const posted = clampAsPosted(span, pgoff(start), pgoff(end));
        const repaired = clampAfterSkip(span, pgoff(start), pgoff(end));
        if (end > span.pgoff && !isFar(span)) expect(posted).toEqual(repaired);
        else expect(repaired).toBeNull();
      }),
      { numRuns: 2_000, seed: 64 },
    );
  });
});
