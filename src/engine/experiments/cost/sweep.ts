// SPDX-License-Identifier: GPL-2.0-only
// One punch over more and more memslots, stepped: a machine grows by createSlot and is punched at each size.
//
// Each punch is called for pages that are all there and mapped, as a recording's is; so what was punched before changes
// nothing, and one machine serves all sizes.

import { drive } from "../../sim/drive.ts";
import type { Slices } from "../../sim/slices.ts";
import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { bytesOf, type Gfn, loff, type Pgoff } from "../../units.ts";
import { booting } from "../machine/boot.ts";
import { type Counters, count, newCounters } from "../machine/counters.ts";
import { envOf, fileOf } from "../machine/env.ts";
import type { Operation } from "../machine/operation.ts";
import type { Perform } from "../machine/perform.ts";
import type { VariantId } from "../machine/variants.ts";
import type { World } from "../machine/world.ts";
import { FORMAT } from "../scenarios/format.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { type MeasuredTree, nearestTree } from "./calibration.ts";
import { type Alignment, endToEnd, type Hole, type HoleSize, holeIn, type Layout } from "./layout.ts";
import { boundSlots, punchCounter } from "./punchFormula.ts";
import { STEPPED_MAX } from "./sizes.ts";
import { bytesKept, NOTIFIER_BYTES, XA_NODE_BYTES } from "./treeFormula.ts";

/** A hole of more pages is not mapped page by page in the machine: pages, zaps and flushes are counted then. */
const MAPPED_MAX = 2 ** 16;

/** What a sweep is about. */
export interface SweepCase {
  readonly slotPages: number;
  readonly alignment: Alignment;
  /** Punched one after the other at each size. */
  readonly holes: readonly HoleSize[];
  /** VMs that share the slots, each a stretch of its own. */
  readonly vms: number;
}

/** The measured tree that those of `wanted` are taken for. */
export const treeOf = ({ slotPages, alignment }: SweepCase): MeasuredTree =>
  nearestTree(slotPages, alignment !== "aligned" && slotPages > 1);

/** One design at one size. */
export interface SweepRow {
  readonly variant: VariantId;
  /** Slots asked for. */
  readonly slots: number;
  /** Those that the design let be. */
  readonly bound: number;
  /** Which of the case's holes, and where it lies at this size. */
  readonly nth: number;
  readonly hole: Hole;
  readonly counts: Counters;
  /** Bytes of the list's notifiers or the xarray's nodes. */
  readonly bytes: number;
  /** Whether the calls and reads were stepped or computed. */
  readonly source: "stepped" | "formula";
}

/** The rows of one size, one a hole, in closed form. */
export function formulaRows(
  variant: VariantId,
  { slotPages, alignment, holes }: SweepCase,
  slots: number,
): SweepRow[] {
  const layout = endToEnd(slots, slotPages, alignment);
  const bytes = bytesKept(variant, layout);
  const bound = boundSlots(variant, layout);
  const countsOf = punchCounter(variant, layout);
  return holes.map((size, nth) => {
    const hole = holeIn(layout, size);
    const counts = countsOf(hole);
    return { variant, slots, bound, nth, hole, counts, bytes, source: "formula" };
  });
}

/**
 * Sweeps `wanted` over `sizes`, ascending, under `variant`: stepped up to KVM's limit, beyond it computed. The rows are in
 * the order of sizes, then of holes.
 */
export function* sweeping(
  variant: VariantId,
  wanted: SweepCase,
  sizes: readonly number[],
): Slices<SweepRow[]> {
  const rows: SweepRow[] = [];
  const machine = yield* machineFor(variant, wanted, Math.min(STEPPED_MAX, sizes.at(-1) ?? 1));
  for (const slots of sizes) {
    if (slots > STEPPED_MAX) rows.push(...formulaRows(variant, wanted, slots));
    else {
      yield* grow(machine, wanted, slots);
      rows.push(...steppedRows(machine, wanted, slots));
    }
    yield;
  }
  return rows;
}

/** A machine that grows by one slot after the other. */
export interface Machine {
  readonly world: World;
  readonly perform: Perform;
  /** Slots asked for so far. */
  asked: number;
}

/** The file that its slots lie in. */
export const FILE = "f0";
const vmOf = (slot: number, vms: number) => `vm${slot % vms}`;

/** A machine without memslots, whose file has room for `slots`. */
export function* machineFor(
  variant: VariantId,
  { slotPages, alignment, vms }: SweepCase,
  slots: number,
): Slices<Machine> {
  const names = Array.from({ length: vms }, (_, k) => vmOf(k, vms));
  const scenario = scenarioOf({
    ...{ format: FORMAT, title: "Sweep" },
    files: { [FILE]: { pages: endToEnd(slots, slotPages, alignment).startOf(slots) } },
    vms: Object.fromEntries(names.map((name) => [name, {}])),
    ...{ setup: [], tasks: {}, assumed: ["present", "mapped"] },
  });
  const { world } = yield* booting(scenario, variant, () => {});
  return { world, perform: scenario.perform, asked: 0 };
}

/** A slice ends after so many slots. */
const SLICE_SLOTS = 256;

/** Asks for slots until there have been `slots`. */
export function* grow(
  machine: Machine,
  { slotPages, alignment, vms }: SweepCase,
  slots: number,
): Slices<void> {
  const { startOf } = endToEnd(slots, slotPages, alignment);
  for (; machine.asked < slots; machine.asked++) {
    const k = machine.asked;
    const [start, end] = [startOf(k), startOf(k + 1)];
    performed(machine, {
      ...{ op: "createSlot", vm: vmOf(k, vms), slot: Math.floor(k / vms), gfn: start as Gfn },
      ...{ pages: end - start, backing: { file: FILE, pgoff: start as Pgoff } },
    });
    if (k % SLICE_SLOTS === 0) yield;
  }
}

function steppedRows(
  machine: Machine,
  { slotPages, alignment, holes }: SweepCase,
  slots: number,
): SweepRow[] {
  const { variant, counters } = machine.world;
  const bound = slots - counters.bindsRefused;
  const layout = endToEnd(slots, slotPages, alignment);
  const file = fileOf(machine.world, FILE);
  const bytes =
    file.keeps === "list" ? file.notifiers.length * NOTIFIER_BYTES : file.bindings.nodesUsed * XA_NODE_BYTES;
  return holes.map((size, nth) => {
    const hole = holeIn(layout, size);
    const counts = punched(machine, layout, hole);
    return { variant, slots, bound, nth, hole, counts, bytes, source: "stepped" };
  });
}

/** Punches `hole` and returns what that alone added to the machine's counts. */
function punched(machine: Machine, layout: Layout, hole: Hole): Counters {
  const { world } = machine;
  const { assumed, counters: before } = world;
  const isMapped = hole.end - hole.start <= MAPPED_MAX;
  if (!isMapped) world.assumed = null;
  world.counters = newCounters();
  const offset = bytesOf(hole.start);
  performed(machine, {
    ...{ op: "punch", file: FILE, mode: PUNCH_MODE },
    ...{ offset, len: loff(bytesOf(hole.end) - offset) },
  });
  const counts = isMapped
    ? world.counters
    : { ...world.counters, ...pageCounts(world.variant, layout, hole) };
  world.assumed = assumed;
  world.counters = before;
  return counts;
}

/** Counts of pages, which are the same arithmetic for every design. */
function pageCounts(variant: VariantId, layout: Layout, hole: Hole): Partial<Counters> {
  const { sptesZapped, tlbFlushes, pagesFreed } = punchCounter(variant, layout)(hole);
  return { sptesZapped, tlbFlushes, pagesFreed };
}

/** Does `operation` alone, step by step, and counts what it tells. */
function performed({ world, perform }: Machine, operation: Operation): void {
  drive(
    perform(
      world,
      envOf(world, TASK, (event) => count(world, event)),
      operation,
    ),
  );
}

const TASK = "P";
