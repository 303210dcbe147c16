// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { addMemfd } from "./file.ts";
import { fileAt, withMapping } from "./mappings.ts";
import { rangesIn, withoutRange } from "./ranges.ts";
import { newVmm } from "./vmm.ts";

const file = addMemfd(newVmm(), null, false);
/** Pages [16, 32) show file pages from 100 on. */
const mappings = withMapping(null, 16, 32, { file, shift: 84 }, 1);

it("fileAt() counts file pages from the mapping's offset", () => {
  expect(fileAt(mappings, 16, 17)).toEqual({ file, pgoff: 100 });
  expect(fileAt(mappings, 20, 32)).toEqual({ file, pgoff: 104 });
});

it("fileAt() finds nothing where a page of the range lies outside the mapping", () => {
  expect(fileAt(mappings, 20, 33)).toBeNull();
  expect(fileAt(mappings, 15, 17)).toBeNull();
  expect(fileAt(mappings, 32, 33)).toBeNull();
});

it("a hole leaves both sides, each at its own file page", () => {
  const left = withoutRange(mappings, 20, 24);
  expect(fileAt(left, 16, 20)).toEqual({ file, pgoff: 100 });
  expect(fileAt(left, 24, 32)).toEqual({ file, pgoff: 108 });
  expect(fileAt(left, 23, 24)).toBeNull();
});

it("withMapping() makes one of mappings that continue each other, and of no others", () => {
  const whole = withMapping(withoutRange(mappings, 20, 24), 20, 24, { file, shift: 84 }, 2);
  expect([...rangesIn(whole, 0, 64)]).toHaveLength(1);
  expect(fileAt(whole, 16, 32)).toEqual({ file, pgoff: 100 });
  const other = withMapping(mappings, 20, 24, { file, shift: 0 }, 2);
  expect([...rangesIn(other, 0, 64)]).toHaveLength(3);
  expect(fileAt(other, 16, 32)).toBeNull();
});
