// SPDX-License-Identifier: GPL-2.0-only
// What the C measurements lack, fitted on a live kernel's punches: the system call, one call of a notifier whose slot is hit,
// giving back any page at all, and each page. Then the prediction for all the other punches that were timed, beside what they took.

import { assert } from "../../assert.ts";
import { nearestTree, xarrayWalk } from "./calibration.ts";
import timings from "./measured/timings.json" with { type: "json" };

/** Nanoseconds each. */
export interface FittedPrices {
  /** fallocate() until the design is called, and back. */
  readonly systemCall: number;
  /** One entry that the walk comes to: lock, bracket, a look at the tables that finds nothing. */
  readonly hitCall: number;
  /** That there is something to give back: the pages of a punch are gathered and go together. */
  readonly freeing: number;
  /** One page of the file given back. */
  readonly pageFreed: number;
}

export const MEASURED_PUNCHES = ["punch_page", "punch_slot", "punch_file"] as const;
export type MeasuredPunch = (typeof MEASURED_PUNCHES)[number];

/** A timed punch of the live kernel. */
export interface TimedPunch {
  readonly op: MeasuredPunch;
  readonly slots: number;
  readonly slotPages: number;
  readonly skew: number;
  /** Pages that were there to be freed. */
  readonly pages: number;
  /** Entries that its walk comes to. */
  readonly visits: number;
  readonly medianNs: number;
  readonly minNs: number;
  /** What two walks of its xarray take in C, warm. */
  readonly walksNs: number;
}

/** Punches at these numbers of slots are what the prices are fitted on; all others are predicted. */
export const FITTED_ON: readonly number[] = [1, 16, 256, 4096];

const inRangePunch = (op: string): op is MeasuredPunch => MEASURED_PUNCHES.some((known) => known === op);

/** Pages of guests are left out: that kernel's tables are shadow tables in software. */
function timedPunches(): TimedPunch[] {
  return timings.series.flatMap((row): TimedPunch[] => {
    const { op, slots, slot_pages: slotPages, skew } = row;
    if (!inRangePunch(op) || slots === 0 || row.guest_maps !== "none") return [];
    const isShifted = skew === 1;
    const ofSlot = isShifted ? 3 : 1;
    const visits = op === "punch_page" ? 1 : op === "punch_slot" ? ofSlot : ofSlot * slots;
    const walk = xarrayWalk("warm", nearestTree(slotPages, isShifted), slots, visits, op === "punch_page");
    return [
      {
        ...{ op, slots, slotPages, skew, visits, walksNs: 2 * walk.ns },
        ...{ pages: row.pages === "present" ? row.range_pages : 0 },
        ...{ medianNs: row.median_ns, minNs: row.min_ns },
      },
    ];
  });
}

export const TIMED_PUNCHES: readonly TimedPunch[] = timedPunches();

/** The prices that come nearest to the medians of FITTED_ON, by the squares of what they are off in parts of the whole. */
export const FITTED: FittedPrices = fitted(TIMED_PUNCHES.filter(({ slots }) => FITTED_ON.includes(slots)));

function fitted(punches: readonly TimedPunch[]): FittedPrices {
  // The normal equations of A x = b; a row is [1, visits, whether any page, pages] / median.
  const square = [0, 1, 2, 3].map(() => [0, 0, 0, 0, 0]);
  for (const { visits, pages, medianNs, walksNs } of punches) {
    const row = [1, visits, Math.min(1, pages), pages].map((count) => count / medianNs);
    const goal = (medianNs - walksNs) / medianNs;
    for (const [i, own] of row.entries())
      for (const [j, other] of [...row, goal].entries()) (square[i] as number[])[j]! += own * other;
  }
  const [systemCall, hitCall, freeing, pageFreed] = solved(square) as [number, number, number, number];
  return { systemCall, hitCall, freeing, pageFreed };
}

/** Solves n equations, each its n factors and its right side, from the top down; the factors are positive definite. */
function solved(equations: readonly (readonly number[])[]): number[] {
  const rows = equations.map((row) => [...row]);
  for (const [i, row] of rows.entries()) {
    const pivot = row[i] as number;
    for (let j = i; j < row.length; j++) row[j]! /= pivot;
    for (const other of rows) {
      const factor = other === row ? 0 : (other[i] as number);
      for (let j = i; j < row.length && factor !== 0; j++) other[j]! -= factor * (row[j] as number);
    }
  }
  return rows.map((row) => row.at(-1) as number);
}

/** Predicted nanoseconds of a timed punch. */
export const predictedNs = ({ walksNs, visits, pages }: TimedPunch): number =>
  FITTED.systemCall + walksNs + visits * FITTED.hitCall + freedNs(pages);

/** Giving back `pages` pages. */
export const freedNs = (pages: number): number =>
  pages === 0 ? 0 : FITTED.freeing + pages * FITTED.pageFreed;

/** How the predictions of one kind of punch stand to what was measured. */
export interface Comparison {
  readonly op: MeasuredPunch;
  readonly rows: number;
  /** Predicted divided by measured. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Those that are not within twice of what was measured, either way. */
  readonly missed: readonly TimedPunch[];
}

/** For each kind of punch: the predictions of all rows that nothing was fitted on. */
export function comparisons(): Comparison[] {
  return MEASURED_PUNCHES.map((op) => {
    const punches = TIMED_PUNCHES.filter((punch) => punch.op === op && !FITTED_ON.includes(punch.slots));
    const ratios = punches.map(ratioOf).sort((a, b) => a - b);
    const [low, high] = [ratios[0], ratios.at(-1)];
    assert(low !== undefined && high !== undefined, () => `no ${op} is left to be predicted`);
    const missed = punches.filter((punch) => ratioOf(punch) < 0.5 || ratioOf(punch) > 2);
    return { op, rows: ratios.length, median: medianOf(ratios), low, high, missed };
  });
}

/** Predicted divided by measured. */
export const ratioOf = (punch: TimedPunch): number => predictedNs(punch) / punch.medianNs;

function medianOf(sorted: readonly number[]): number {
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((below as number) + (above as number)) / 2;
}

export const FITTED_SOURCE = `fitted on punches of ${timings.recorded}, slots in {${FITTED_ON.join(", ")}}`;
