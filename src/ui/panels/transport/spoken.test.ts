// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { createLab } from "../../store/lab.ts";
import { lengthOf, momentAt } from "../../store/clock.ts";
import { spokenTime } from "./spoken.ts";

async function spokenAt(name: string, time: number): Promise<string> {
  const lab = createLab({ fetchText: () => Promise.reject(new Error()), pause: async () => {} }, "dark");
  await lab.choose(name);
  lab.goTo(time);
  const { loaded, frames } = lab.store.getState();
  const moment = momentAt(loaded!.clock, time);
  return spokenTime(
    moment,
    lengthOf(loaded!.clock, moment.operation),
    loaded!.clock.begins.length - 1,
    frames!,
  );
}

it("names the step and what each design has called, one call in the singular", async () => {
  expect(await spokenAt("t-a-12", 0)).toBe("Step 0 of 38. LIST: 0 calls. XARRAY: 0 calls.");
  expect(await spokenAt("t-a-12", 8)).toMatch(/^Step 8 of 38\. LIST: \d calls\. XARRAY: 1 call\.$/);
});

it("names the operation where there are several", async () => {
  expect(await spokenAt("t-c2", 9)).toMatch(/^Operation 2 of 3, step \d of \d+\. XARRAY as posted: 0 calls/);
});
