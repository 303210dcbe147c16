// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { nsPerCall } from "./nsPerCall.ts";

it("tells what one call takes by the fastest run, however coarse the clock is", () => {
  let us = 0;
  let calls = 0;
  const work = () => {
    // Something else runs on the computer now and then.
    us += calls++ % 5000 === 0 ? 5000 : 2;
    return 1;
  };
  const coarse = nsPerCall(work, () => Math.floor(us / 1000));
  expect(coarse).toBeGreaterThan(1_700);
  expect(coarse).toBeLessThan(4_000);
});
