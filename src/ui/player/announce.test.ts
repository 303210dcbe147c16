// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { timeMax } from "../store/clock.ts";
import { createLab } from "../store/lab.ts";
import { announce } from "./announce.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function listening(name: string) {
  const lab = createLab(
    {
      fetchBlob: async (path) =>
        new Blob([readFileSync(new URL(`../../../public/${path}`, import.meta.url))]),
      pause: async () => {},
    },
    "dark",
  );
  await lab.choose(name);
  const heard: string[] = [];
  const end = announce(lab, (text) => heard.push(text));
  const now = () => lab.store.getState();
  return { lab, heard, end, now };
}

/** Plays `steps` steps, one every `ms`. */
function play({ lab, now }: Awaited<ReturnType<typeof listening>>, steps: number, ms: number): void {
  for (let k = 0; k < steps; k++) {
    vi.advanceTimersByTime(ms);
    lab.goTo(now().time + 1);
  }
}

it("paused, each step is read out with both captions, and nothing twice", async () => {
  const { lab, heard } = await listening("t-a-12");
  expect(heard).toHaveLength(1);
  lab.goTo(3);
  lab.goTo(4);
  lab.setSpeed(16);
  lab.setTheme("light");
  expect(heard).toHaveLength(3);
  expect(heard[2]).toMatch(/^LIST: Step 4 of 38\..* XARRAY: Step 4 of 14\./);
});

it("playing, it says where the run stands every five seconds and nothing in between", async () => {
  const listener = await listening("t-a-4096");
  listener.lab.goTo(0);
  listener.heard.length = 0;
  listener.lab.setPlaying(true);
  play(listener, 49, 100);
  expect(listener.heard).toEqual([]);
  play(listener, 1, 100);
  expect(listener.heard).toEqual([expect.stringMatching(/^Step 50 of 8,206: LIST 4\d calls, XARRAY 2\.$/)]);
  play(listener, 100, 100);
  expect(listener.heard).toHaveLength(3);
});

it("after the pause it reads the caption of the step", async () => {
  const listener = await listening("t-a-12");
  listener.lab.goTo(0);
  listener.lab.setPlaying(true);
  play(listener, 5, 250);
  listener.heard.length = 0;
  listener.lab.setPlaying(false);
  expect(listener.heard).toEqual([expect.stringContaining("LIST: Step 5 of 38.")]);
});

it("a finding is told at once, with its design, and only by the design that it is in", async () => {
  const listener = await listening("t-b1");
  const { loaded } = listener.now();
  const { step = 0 } = loaded!.plays[0].findings[0] ?? {};
  listener.lab.goTo(step - 2);
  listener.heard.length = 0;
  listener.lab.setPlaying(true);
  play(listener, 1, 10);
  expect(listener.heard).toEqual([]);
  play(listener, 1, 10);
  expect(listener.heard).toHaveLength(1);
  expect(listener.heard[0]).toMatch(new RegExp(`^LIST, step ${step}: I3 .*is broken: .* I4 `));
  expect(listener.heard[0]).not.toContain("XARRAY");
  play(listener, timeMax(loaded!.clock) - step, 10);
  expect(listener.heard.filter((text) => text.includes("I3"))).toHaveLength(1);
});

it("a rule that breaks again and again is told once while it plays", async () => {
  const listener = await listening("q35-boot");
  const { loaded } = listener.now();
  const broken = loaded!.plays[1].findings.filter(({ invariant }) => invariant === "I17");
  expect(broken.length).toBeGreaterThan(5);
  listener.lab.goTo(0);
  listener.heard.length = 0;
  listener.lab.setPlaying(true);
  play(listener, timeMax(loaded!.clock), 10);
  expect(listener.heard.filter((text) => text.includes("I17"))).toHaveLength(1);
});

it("ended it says no more", async () => {
  const { lab, heard, end } = await listening("t-a-12");
  end();
  lab.goTo(2);
  expect(heard).toHaveLength(1);
});
