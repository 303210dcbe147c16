// SPDX-License-Identifier: GPL-2.0-only
// What a figure is, and how one is taken.
import { spawnSync } from "node:child_process";

export interface Measure {
  /** What is measured, in a few words. */
  name: string;
  unit: "ms" | "us";
  /** The largest figure that is still ok, in `unit`. */
  limit: number;
  /** Takes the figure, in `unit`. Throws where what is measured did not work. */
  take: () => number | Promise<number>;
}

/**
 * Milliseconds of a whole command, from its start to its end: the middle one of five, after one that nobody counts,
 * which finds the files not yet in memory. Throws where the command fails or prints nothing.
 */
export function commandTime(command: string, args: readonly string[]): number {
  const time = () => {
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const took = performance.now() - started;
    if (status !== 0 || stdout === "")
      throw new Error(`${command} ${args.join(" ")}: status ${status}\n${stderr}`);
    return took;
  };
  time();
  return percentile(Array.from({ length: 5 }, time), 50);
}

/** The smallest of `figures` that at least `percent` (above 0, up to 100) of them do not exceed. */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const figure = sorted[Math.ceil((percent / 100) * sorted.length) - 1];
  if (figure === undefined) throw new RangeError(`no ${percent}th percentile of ${figures.length} figures`);
  return figure;
}
