// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { type FileMapping, fileAt, overlapsMapping, withoutRange } from "./mappings.ts";

const PAGE = 4096n;
const mapping: FileMapping = { start: 16n * PAGE, end: 32n * PAGE, file: 3, offset: 100n * PAGE };

it("fileAt() counts file pages from the mapping's offset", () => {
  expect(fileAt([mapping], 16n * PAGE, PAGE)).toEqual({ file: 3, pgoff: 100 });
  expect(fileAt([mapping], 20n * PAGE, 12n * PAGE)).toEqual({ file: 3, pgoff: 104 });
});

it("fileAt() finds nothing where a page of the range lies outside the mapping", () => {
  expect(fileAt([mapping], 20n * PAGE, 13n * PAGE)).toBeNull();
  expect(fileAt([mapping], 15n * PAGE, 2n * PAGE)).toBeNull();
  expect(fileAt([mapping], 32n * PAGE, PAGE)).toBeNull();
});

it("withoutRange() leaves both sides of a hole, each at its own file page", () => {
  const left = withoutRange([mapping], 20n * PAGE, 24n * PAGE);
  expect(left).toEqual([
    { ...mapping, end: 20n * PAGE },
    { ...mapping, start: 24n * PAGE, offset: 108n * PAGE },
  ]);
  expect(fileAt(left, 24n * PAGE, PAGE)).toEqual({ file: 3, pgoff: 108 });
  expect(fileAt(left, 23n * PAGE, PAGE)).toBeNull();
});

it("a range that only touches a mapping changes nothing of it", () => {
  for (const [start, end] of [
    [0n, 16n * PAGE],
    [32n * PAGE, 64n * PAGE],
  ] as const) {
    expect(overlapsMapping([mapping], start, end)).toBe(false);
    expect(withoutRange([mapping], start, end)).toEqual([mapping]);
  }
  expect(overlapsMapping([mapping], 31n * PAGE, 64n * PAGE)).toBe(true);
  expect(withoutRange([mapping], 0n, 64n * PAGE)).toEqual([]);
});
