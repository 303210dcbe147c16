// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { momentAt } from "../../store/clock.ts";
import { createLab } from "../../store/lab.ts";
import { spokenTime } from "./spoken.ts";

async function spokenAt(name: string, time: number): Promise<string> {
  const lab = createLab({ fetchBlob: () => Promise.reject(new Error()), pause: async () => {} }, "dark");
  await lab.choose(name);
  lab.goTo(time);
  const { loaded, frames } = lab.store.getState();
  return spokenTime(loaded!.clock, momentAt(loaded!.clock, time), frames!);
}

it("names the step, the operation, and what each design has called, one call in the singular", async () => {
  const punch = "P punches pages [18,22) of f0";
  expect(await spokenAt("t-a-12", 0)).toBe(`Step 0 of 38, ${punch}. LIST: no calls. XARRAY: no calls.`);
  expect(await spokenAt("t-a-12", 8)).toMatch(
    /^Step 8 of 38, P punches .* of f0\. LIST: \d calls\. XARRAY: 1 call\.$/,
  );
});

it("numbers the operation where there are several", async () => {
  expect(await spokenAt("t-c2", 9)).toMatch(
    /^Operation 2 of 3, step \d of \d+, \w+ \w+s .*\. XARRAY as posted: no calls/,
  );
});

it("with several tasks it names the operation of the task that took the step", async () => {
  expect(await spokenAt("t-h", 3)).toMatch(/^Step 3 of 38, P1 punches pages/);
  expect(await spokenAt("t-h", 4)).toMatch(/^Step 4 of 38, P2 punches pages/);
  expect(await spokenAt("t-h", 0)).toMatch(/^Step 0 of 38\. LIST/);
});

it("large numbers have separators", async () => {
  expect(await spokenAt("t-a-4096", 8_000)).toMatch(/^Step 8,000 of 8,206, .* LIST: \d,\d{3} calls/);
});
