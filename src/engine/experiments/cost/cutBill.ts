// SPDX-License-Identifier: GPL-2.0-only
// A recording's punches as if its machine had more memslots: the file that most of them hit, cut into as many slots as asked for,
// end to end; all else stays as it was. Counted in closed form: a list of 32,764 slots is not stepped for 8,632 holes.

import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import type { Slices } from "../../sim/slices.ts";
import { isPageAligned, pgoffOf } from "../../units.ts";
import { COUNTER_IDS, type Counters } from "../machine/counters.ts";
import type { FallocateOperation, Operation } from "../machine/operation.ts";
import type { VariantId } from "../machine/variants.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { billing } from "./bill.ts";
import { cutInto, type Hole } from "./layout.ts";
import { boundSlots, punchCounter } from "./punchFormula.ts";
import { STEPPED_MAX } from "./sizes.ts";

/** The file that is cut, and what all punches come to. */
export interface CutBill {
  readonly variant: VariantId;
  readonly file: string;
  /** Slots that the file is cut into, and how many of them the design lets be. */
  readonly slots: number;
  readonly bound: number;
  readonly total: Counters;
}

/** Why a scenario cannot be cut, in words for whoever asked for it; null where it can. */
export function cutTrouble(scenario: Scenario, slots: number): string | null {
  if (scenario.tasks.size !== 1) return "only a scenario of one task can be cut";
  if (scenario.assumed === null || !scenario.assumed.mapped)
    return 'only a scenario that assumes its pages "present" and "mapped" can be cut, as a recording does';
  const file = mostPunched(scenario);
  if (file === null) return "nothing is punched in it";
  const pages = pagesOf(scenario, file);
  const most = Math.min(STEPPED_MAX, pages);
  if (!Number.isInteger(slots) || slots < 1 || slots > most)
    return `${file} of ${pages} pages can be cut into 1 to ${most} memslots, which is KVM's limit or the file's, not into ${slots}`;
  return null;
}

const pagesOf = ({ files }: Scenario, file: string): number => files.get(file)?.pages ?? 0;

/** The file that most whole-page punches hit, the first of them where several do. */
function mostPunched({ tasks }: Scenario): string | null {
  const punches = new Map<string, number>();
  for (const operations of tasks.values())
    for (const operation of operations)
      if (holeOf(operation) !== null && operation.op === "punch")
        punches.set(operation.file, (punches.get(operation.file) ?? 0) + 1);
  let most: string | null = null;
  for (const [file, count] of punches) if (most === null || count > (punches.get(most) ?? 0)) most = file;
  return most;
}

function holeOf(operation: Operation): Hole | null {
  if (operation.op !== "punch") return null;
  const { mode, offset, len } = operation satisfies FallocateOperation;
  if (mode !== PUNCH_MODE || offset < 0n || len <= 0n || !isPageAligned(offset) || !isPageAligned(len))
    return null;
  return { start: pgoffOf(offset), end: pgoffOf(offset + len) };
}

/** What adds up from punch to punch. */
const SUMMED = COUNTER_IDS.filter((id) => id !== "walksAtOnceMax");

/** A slice ends after so many punches. */
const SLICE_PUNCHES = 256;

/** The bill of `scenario` under `variant`, cut into `slots`. Context: cutTrouble() found none. */
export function* cutBilling(scenario: Scenario, variant: VariantId, slots: number): Slices<CutBill> {
  const file = mostPunched(scenario) as string;
  const layout = cutInto(slots, pagesOf(scenario, file));
  const countsOf = punchCounter(variant, layout);
  const ours = (operation: Operation) =>
    operation.op === "createSlot"
      ? operation.backing?.file === file
      : "file" in operation && operation.file === file;
  const others = (operations: readonly Operation[]) => operations.filter((operation) => !ours(operation));
  const [[task, operations]] = [...scenario.tasks] as [[string, readonly Operation[]]];
  const rest = { ...scenario, setup: others(scenario.setup), tasks: new Map([[task, others(operations)]]) };
  const total = { ...(yield* billing(rest, variant, Number.MAX_SAFE_INTEGER)).total };
  const known = new Map<string, Counters>();
  for (const [k, operation] of operations.entries()) {
    const hole = ours(operation) ? holeOf(operation) : null;
    if (hole === null) continue;
    // A balloon punches the same holes again and again.
    const key = `${hole.start} ${hole.end}`;
    const counts = known.get(key) ?? countsOf(hole);
    known.set(key, counts);
    for (const id of SUMMED) total[id] += counts[id];
    total.walksAtOnceMax = Math.max(total.walksAtOnceMax, counts.walksAtOnceMax);
    if (k % SLICE_PUNCHES === 0) yield;
  }
  const bound = boundSlots(variant, layout);
  total.bindsRefused += slots - bound;
  return { variant, file, slots, bound, total };
}
