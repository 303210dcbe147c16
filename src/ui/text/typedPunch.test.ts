// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { punchText } from "./pageRange.ts";
import { typedPunch } from "./typedPunch.ts";

const read = (typed: string) => {
  const result = typedPunch(typed);
  return result.ok ? [result.range.start, result.range.end] : result.says;
};

describe("typedPunch", () => {
  it.each([
    ["18-21", 18, 22],
    ["18–21", 18, 22],
    ["18 .. 21", 18, 22],
    ["18 to 21", 18, 22],
    ["pages 18-21", 18, 22],
    ["page 18", 18, 19],
    ["  [18,22) ", 18, 22],
    ["[18, 22)", 18, 22],
    ["18+4", 18, 22],
    ["0x12-0x15", 18, 22],
    ["81,088,850-81,088,853", 81_088_850, 81_088_854],
    ["72K+16K", 18, 22],
    ["72KiB + 16KiB", 18, 22],
    ["73728b+16384b", 18, 22],
    ["72k-88k", 18, 22],
    ["1G+4K", 262_144, 262_145],
    ["2251799813685246", 2 ** 51 - 2, 2 ** 51 - 1],
  ])("reads %j", (typed, start, end) => {
    expect(read(typed)).toEqual([start, end]);
  });

  it.each([
    ["72K+15K", "-EINVAL: offset and length must be whole pages", { start: 18, end: 22 }],
    ["73729b+4096b", "-EINVAL: offset and length must be whole pages", { start: 18, end: 20 }],
    ["18.5-21", "-EINVAL: offset and length must be whole pages", { start: 18, end: 22 }],
    ["21-18", "-EINVAL: a punch is at least one byte long", { start: 18, end: 22 }],
    ["18+0", "-EINVAL: a punch is at least one byte long", { start: 18, end: 19 }],
    ["-5-3", "-EINVAL: an offset cannot be negative", null],
    ["2251799813685247", "-EFBIG", null],
    ["9999999999999999999999", "-EFBIG", null],
    ["", "Write it as 18-21", null],
    ["eighteen", "Write it as 18-21", null],
    ["18-21-22", "Write it as 18-21", null],
    ["<b>18</b>", "Write it as 18-21", null],
    ["1".repeat(101), "Write it as 18-21", null],
  ])("says what is wrong with %j, and what would be right", (typed, says, nearest) => {
    const result = typedPunch(typed);
    expect(result).toMatchObject({ ok: false, nearest });
    expect(read(typed)).toContain(says);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.integer({ min: 1, max: 2 ** 31 }), (start, pages) => {
        const range = { start, end: start + pages };
        expect(typedPunch(punchText(range))).toEqual({ ok: true, range });
      }),
    );
  });

  it("never throws, and offers only what it would take itself", () => {
    const soup = fc.string({ unit: fc.constantFrom(..."0123456789-+[,). kKx_bto") });
    let offered = 0;
    fc.assert(
      fc.property(fc.oneof(fc.string(), soup), (typed) => {
        const result = typedPunch(typed);
        if (result.ok || result.nearest === null) return;
        offered++;
        expect(typedPunch(punchText(result.nearest))).toEqual({ ok: true, range: result.nearest });
      }),
      { numRuns: 3000 },
    );
    expect(offered).toBeGreaterThan(10);
  });
});
