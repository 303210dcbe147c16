// SPDX-License-Identifier: GPL-2.0-only
import * as d3 from "d3";
import fc from "fast-check";
import { expect, it } from "vitest";
import { bisectLeft, bisectRight } from "./bisect.ts";

it("says what d3 says", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: -1, max: 21 }), (unsorted, value) => {
      const values = unsorted.sort((a, b) => a - b);
      expect([bisectLeft(values, value), bisectRight(values, value)]).toEqual([
        d3.bisectLeft(values, value),
        d3.bisectRight(values, value),
      ]);
    }),
  );
});
