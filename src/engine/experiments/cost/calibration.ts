// SPDX-License-Identifier: GPL-2.0-only
// What walks cost in C: the measurements as lines over the number of slots.

import { assert } from "../../assert.ts";
import { type Beyond, logRead, type Point } from "./interpolate.ts";
import calibration from "./measured/calibration.json" with { type: "json" };

/** Caches warm, or every line flushed before the walk. */
export type Caches = "warm" | "cold";

/** Nanoseconds: what is taken for true, and the lowest and highest that the measurements allow. */
export interface Span {
  readonly ns: number;
  readonly low: number;
  readonly high: number;
  /** Whether it lies between measurements; else it goes on where they end. */
  readonly inRange: boolean;
}

/** Two lines: the median of the runs, and the fastest of them. */
interface Lines {
  readonly median: readonly Point[];
  readonly fastest: readonly Point[];
}

type Field = "ns_per_walk" | "ns_per_walk_cold";
const FIELDS: Record<Caches, Field> = { warm: "ns_per_walk", cold: "ns_per_walk_cold" };

type Row = { readonly n: number } & { readonly [field in Field | `${Field}_min`]?: number | undefined };

function linesOf(rows: readonly Row[], caches: Caches, xOf: (row: Row) => number = ({ n }) => n): Lines {
  const field = FIELDS[caches];
  const line = (name: Field | `${Field}_min`) =>
    rows.flatMap((row): Point[] => {
      const ns = row[name];
      return ns === undefined ? [] : [[xOf(row), ns]];
    });
  return { median: line(field), fastest: line(`${field}_min`) };
}

/**
 * Reads both lines at `x`. A busy machine slows warm walks by two for whole stretches, and cold ones hardly: of warm walks the
 * fastest run tells what they cost, of cold ones the median.
 */
function spanAt({ median, fastest }: Lines, caches: Caches, x: number, beyond: Beyond): Span {
  const [middle, low] = [logRead(median, x, beyond), logRead(fastest, x, beyond)];
  return {
    ns: caches === "warm" ? low.y : middle.y,
    low: Math.min(low.y, middle.y),
    high: Math.max(low.y, middle.y),
    inRange: middle.inRange,
  };
}

const LISTS: Record<Caches, Lines> = {
  warm: linesOf(sequential(), "warm"),
  cold: linesOf(sequential(), "cold"),
};

function sequential() {
  return calibration.list_walk.filter(({ order }) => order === "sequential");
}

/** One walk of a list of `notifiers`, 1 or more, with its calls. Beyond what was measured each costs what it did last. */
export const listWalk = (caches: Caches, notifiers: number): Span =>
  spanAt(LISTS[caches], caches, notifiers, "proportional");

/** The measured walks of the list: number of notifiers, nanoseconds as taken for true. */
export const listPoints = (caches: Caches): readonly Point[] =>
  caches === "warm" ? LISTS.warm.fastest : LISTS.cold.median;

/** The trees that were measured: pages of a slot, and whether no slot is aligned. */
export const MEASURED_TREES = [
  { slotPages: 1, isShifted: false },
  { slotPages: 512, isShifted: false },
  { slotPages: 262_144, isShifted: false },
  { slotPages: 513, isShifted: true },
] as const;
export type MeasuredTree = (typeof MEASURED_TREES)[number];

/** The measured tree that is nearest to slots of `slotPages` pages, `isShifted` if none of them is aligned. */
export function nearestTree(slotPages: number, isShifted: boolean): MeasuredTree {
  const far = (tree: MeasuredTree) => Math.abs(Math.log(tree.slotPages / slotPages));
  const fitting = MEASURED_TREES.filter((tree) => tree.isShifted === isShifted);
  const [nearest] = [...fitting].sort((a, b) => far(a) - far(b));
  assert(nearest !== undefined, () => "no tree of that kind was measured");
  return nearest;
}

const PUNCHES = ["one_page", "one_slot", "16_slots", "whole_file"] as const;
type Punch = (typeof PUNCHES)[number];

function treeRows({ slotPages, isShifted }: MeasuredTree, punch: Punch) {
  return calibration.xarray_walk.filter(
    (row) => row.slot_pages === slotPages && row.start_offset === (isShifted ? 1 : 0) && row.punch === punch,
  );
}

/**
 * One walk of the xarray of `slots` slots, 1 or more, that comes to `visits` entries with their calls; `inOneEntry` if the hole
 * lies within one entry. Between the punches that were measured it goes by the visits.
 */
export function xarrayWalk(
  caches: Caches,
  tree: MeasuredTree,
  slots: number,
  visits: number,
  inOneEntry: boolean,
): Span {
  // Only a walk over all slots has more to do where there are more.
  const at = (punch: Punch) =>
    spanAt(linesFor(tree, punch, caches), caches, slots, punch === "whole_file" ? "proportional" : "flat");
  if (inOneEntry || visits === 0) return at("one_page");
  const oneSlot = at("one_slot");
  const each = visitsOfSlot(tree);
  if (visits <= each) return oneSlot;
  // Cold walks over several slots were not measured: each further slot is a further object to fetch.
  if (caches === "cold") return plus(oneSlot, coldEntry(slots), visits - each);
  const points: [visits: number, span: Span][] = [[each, oneSlot]];
  if (slots > 16) points.push([16 * each, at("16_slots")]);
  if (slots > 1) points.push([slots * each, at("whole_file")]);
  const along = (pick: (span: Span) => number) =>
    logRead(
      points.map(([x, span]): Point => [x, pick(span)]),
      visits,
      "proportional",
    );
  return {
    ns: along(({ ns }) => ns).y,
    low: along(({ low }) => low).y,
    high: along(({ high }) => high).y,
    inRange: points.every(([, span]) => span.inRange) && along(({ ns }) => ns).inRange,
  };
}

/** The measured one-page walks of `tree`: number of slots, nanoseconds as taken for true. */
export function xarrayPoints(caches: Caches, tree: MeasuredTree): readonly Point[] {
  const lines = linesFor(tree, "one_page", caches);
  return caches === "warm" ? lines.fastest : lines.median;
}

const KEPT = new Map<string, Lines>();

function linesFor(tree: MeasuredTree, punch: Punch, caches: Caches): Lines {
  const key = `${tree.slotPages} ${punch} ${caches}`;
  const known = KEPT.get(key);
  if (known !== undefined) return known;
  const lines = linesOf(treeRows(tree, punch), caches);
  KEPT.set(key, lines);
  return lines;
}

/** Visits of a punch of one slot of `tree`, as measured. */
function visitsOfSlot(tree: MeasuredTree): number {
  const [row] = treeRows(tree, "one_slot");
  assert(row !== undefined, () => `no punch of one slot was measured for ${tree.slotPages} pages`);
  return row.visits;
}

/** A notifier that is in no cache: of the list's measurements, a notifier's part. */
function coldEntry(slots: number): Span {
  const { ns, low, high } = listWalk("cold", slots);
  return { ns: ns / slots, low: low / slots, high: high / slots, inRange: false };
}

const plus = (a: Span, b: Span, times: number): Span => ({
  ns: a.ns + b.ns * times,
  low: a.low + b.low * times,
  high: a.high + b.high * times,
  inRange: a.inRange && b.inRange,
});

/** What binding and unbinding cost in the xarray of `slots` slots, without locks and grace periods. */
export function xarrayOps(tree: MeasuredTree, slots: number): { bind: Span; unbind: Span } {
  const rows = calibration.xarray_ops.filter(
    (row) => row.slot_pages === tree.slotPages && row.start_offset === (tree.isShifted ? 1 : 0),
  );
  const span = (name: "bind_ns" | "unbind_ns") =>
    spanAt(
      {
        median: rows.map((row): Point => [row.n, row[name]]),
        fastest: rows.map((row): Point => [row.n, row[`${name}_min`]]),
      },
      "warm",
      slots,
      "flat",
    );
  return { bind: span("bind_ns"), unbind: span("unbind_ns") };
}

/** Where the walks were measured, in one line. */
export const CALIBRATION_SOURCE = `C walks measured ${calibration.meta.date} on ${calibration.meta.cpu.split(" (")[0]}, ${calibration.meta.compiler} ${calibration.meta.cflags}`;

/** The largest number of slots that was measured. */
export const CALIBRATED_MAX = Math.max(...calibration.list_walk.map(({ n }) => n));
