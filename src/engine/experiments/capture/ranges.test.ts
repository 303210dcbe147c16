// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlaps, type Range, type Ranges, rangeAt, rangesIn, withoutRange, withRange } from "./ranges.ts";

const END = 64;
const point = fc.nat({ max: END });
const edit = fc.record({
  put: fc.boolean(),
  a: point,
  b: point,
  before: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat({ max: 60 })),
});

/** Height of a tree that is balanced as it claims to be. Trees are large, so an expectation is stated where it fails. */
function heightOf<V>(node: Ranges<V>): number {
  if (node === null) return 0;
  const [left, right] = [heightOf(node.left), heightOf(node.right)];
  const height = Math.max(left, right) + 1;
  if (!(Math.abs(left - right) <= 2 && node.height === height))
    expect({ left, right, height: node.height }).toBe("balanced, and as high as it says");
  return node.height;
}

describe("ranges", () => {
  it("hold at every point what a list of points would hold, and stay balanced", () => {
    let kept = 0;
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60, size: "max" }), (edits) => {
        let ranges: Ranges<string> = null;
        const points: ({ value: string; since: number } | undefined)[] = Array(END).fill(undefined);
        edits.forEach(({ put, a, b, before }, line) => {
          const [start, end] = [Math.min(a, b), Math.max(a, b)];
          if (put) ranges = withRange(ranges, { start, end, value: `v${line}`, since: line });
          else ranges = withoutRange(ranges, start, end, before);
          for (let i = start; i < end; i++) {
            if (put) points[i] = { value: `v${line}`, since: line };
            else if (points[i] !== undefined && points[i]!.since < before) points[i] = undefined;
            else if (points[i] !== undefined) kept++;
          }
        });
        heightOf(ranges);
        for (let i = 0; i < END; i++) {
          expect(rangeAt(ranges, i)?.value).toBe(points[i]?.value);
          expect(overlaps(ranges, i, i + 3)).toBe(points.slice(i, i + 3).some((each) => each !== undefined));
        }
        const listed = [...rangesIn(ranges, 5, 50)];
        expect(
          listed.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
        ).toEqual(points.flatMap((each, i) => (each !== undefined && i >= 5 && i < 50 ? [i] : [])));
      }),
    );
    expect(kept).toBeGreaterThan(0);
  });

  it("of the past stay as they were", () => {
    const one = withRange<string>(null, { start: 0, end: 8, value: "a", since: 1 });
    withoutRange(withRange(one, { start: 2, end: 4, value: "b", since: 2 }), 0, 6);
    const all: Range<string>[] = [...rangesIn(one, 0, 8)];
    expect(all).toEqual([{ start: 0, end: 8, value: "a", since: 1 }]);
  });

  it("come in hundreds of thousands, in any order", () => {
    let ranges: Ranges<number> = null;
    for (let i = 0; i < 200_000; i++) {
      const start = i % 2 === 0 ? i : 1_000_000 - i;
      ranges = withRange(ranges, { start, end: start + 1, value: i, since: i });
    }
    expect(heightOf(ranges)).toBeLessThan(32);
    ranges = withoutRange(ranges, 10, 999_990);
    expect([...rangesIn(ranges, 0, 2_000_000)].map((each) => each.start)).toEqual([
      0, 2, 4, 6, 8, 999_991, 999_993, 999_995, 999_997, 999_999,
    ]);
  });
});
