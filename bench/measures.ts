// SPDX-License-Identifier: GPL-2.0-only
// Every figure that has a limit. A new one is one more entry.
import { builtIn, goTo, play, scenarioOf } from "../src/engine/index.ts";
import { replayTime } from "./fanout.ts";
import { goToP95 } from "./goTo.ts";
import { goToInGuestRun, refaultTime, setUpTime } from "./guest.ts";
import { commandTime, type Measure, percentile } from "./measure.ts";
import { playedFrames } from "./page.ts";
import { longestSilence, readingTime } from "./recording.ts";

export const MEASURES: readonly Measure[] = [
  {
    name: "lab run t-a-4096 --json, two designs, the whole command",
    unit: "ms",
    limit: 1000,
    take: () => commandTime("npm", ["run", "-s", "lab", "--", "run", "t-a-4096", "--json"]),
  },
  {
    name: "go to a step of t-a-4096 under v10, p95 of 200",
    unit: "ms",
    limit: 16,
    take: () => {
      const known = builtIn("t-a-4096");
      if (known === null || !("document" in known)) throw new Error("t-a-4096 is not built in");
      const { recording } = play(scenarioOf(known.document()), "v10");
      return goToP95((step) => goTo(recording, step), recording.steps.length);
    },
  },
  {
    name: "lab run q35-balloon, two designs, the whole command",
    unit: "ms",
    limit: 2000,
    take: () => commandTime("npm", ["run", "-s", "lab", "--", "run", "q35-balloon"]),
  },
  {
    name: "4,096 slots of 512 pages, the first GiB mapped with 2 MiB leaves, median of 5",
    unit: "ms",
    limit: 200,
    take: setUpTime,
  },
  {
    name: "one page punched and faulted in again, unrecorded, median of 2,000",
    unit: "us",
    limit: 100,
    take: refaultTime,
  },
  {
    name: "go to a step of a guest run of 20,000 steps, p95 of 200",
    unit: "ms",
    limit: 16,
    take: goToInGuestRun,
  },
  {
    name: "8,632 punches over their own slots, 512, 4,096 and 32,764 slots, three designs",
    unit: "ms",
    limit: 2000,
    take: async () => replayTime(),
  },
  { name: "read a log of 50 MB", unit: "ms", limit: 10_000, take: async () => readingTime() },
  {
    name: "the page is silent while it reads 50 MB, at the longest",
    unit: "ms",
    limit: 100,
    take: longestSilence,
  },
  ...frameMeasures("t-a-4096"),
  ...frameMeasures("t-a-32764"),
];

/** Script time a frame while the built-in `name` plays at 16x, in headless Chromium: one run, two figures. */
function frameMeasures(name: string): Measure[] {
  let frames: Promise<number[]> | null = null;
  return [50, 95].map((percent) => ({
    name: `script time a frame, ${name} at 16x, ${percent === 50 ? "median" : `p${percent}`} of 120`,
    unit: "ms",
    limit: 8,
    async take() {
      frames ??= playedFrames(name);
      return percentile(await frames, percent);
    },
  }));
}
