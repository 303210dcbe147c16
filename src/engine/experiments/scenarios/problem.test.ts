// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { expect, it } from "vitest";
import { nearest, quoted } from "./problem.ts";

it("a short value is quoted as JSON writes it", () => {
  const short = fc.jsonValue({ maxDepth: 2 }).filter((value) => JSON.stringify(value).length <= 60);
  fc.assert(
    fc.property(short, (value) => {
      // JSON knows no negative zero.
      expect(quoted(value)).toBe(JSON.stringify(value));
    }),
  );
});

it("a long value is quoted by its beginning, on one line, and marked as cut", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = quoted(value);
      const whole = JSON.stringify(value);
      expect(text).not.toContain("\n");
      if (whole.length > 60) expect(text).toBe(`${whole.slice(0, 57)}...`);
    }),
  );
});

it.each([
  [undefined, "nothing"],
  [2n ** 63n, "9223372036854775808"],
  [Number.NaN, "NaN"],
])("%s is quoted as %s", (value, text) => {
  expect(quoted(value)).toBe(text);
});

it.each([
  ["strat", "start"],
  ["choises", "choices"],
  ["VM0", "vm0"],
  ["startCallback", "startCallbacks"],
])("%s is a slip for %s", (name, meant) => {
  expect(nearest(name, ["start", "choices", "vm0", "startCallbacks", "startHits"])).toBe(meant);
});

it.each(["weather", "", "Q", "f1", "a".repeat(1_000_000)])("%.10s is near nothing", (name) => {
  expect(nearest(name, ["start", "choices", "vm0", "P", "f0"])).toBeNull();
});
