// SPDX-License-Identifier: GPL-2.0-only
// What an import gives: the scenario, what became of each line, and what is simpler here than in the log.

import { PAGE_SIZE, pgoffOf } from "../../units.ts";
import type { OperationDocument, ScenarioDocument } from "../scenarios/document.ts";
import { FORMAT } from "../scenarios/format.ts";
import type { Clock } from "./clock.ts";
import { fileName, sizeOf } from "./file.ts";
import { listOf } from "./listOf.ts";
import { type BlockMatch, layMap, type MapLaid } from "./mapSlots.ts";
import type { MemoryMap } from "./mtree.ts";
import { type CaptureSummary, summaryLine } from "./summary.ts";
import type { CaptureProblem, Tally } from "./tally.ts";
import { type Vmm, vmName } from "./vmm.ts";

export interface Capture {
  /** Fits the scenario schema, whatever the log was. One task, `VMM`, holds all that the log asked for. */
  readonly document: ScenarioDocument;
  readonly summary: CaptureSummary;
  /** The first unread lines, in the log's order. */
  readonly problems: readonly CaptureProblem[];
  /** What was read and is simpler here than in the log, a sentence each. */
  readonly notes: readonly string[];
  /** The blocks of the memory map and their files; empty where no map was used. */
  readonly blocks: readonly BlockMatch[];
  /** Why the memory map cannot be used: it is not of this machine. */
  readonly mapProblem: string | null;
}

/** A log read to its end. */
export interface LogRead {
  readonly vmm: Vmm;
  readonly clock: Clock;
  readonly tally: Tally;
  readonly lines: number;
  readonly map: MemoryMap | null;
}

/** Puts together what was read. */
export function captureOf({ vmm, clock, tally, lines, map }: LogRead): Capture {
  const laid = map === null || vmm.created + vmm.deleted > 0 ? UNUSED : layMap(map, vmm.files);
  const summary: CaptureSummary = {
    lines,
    used: tally.used + vmm.linesRecalled,
    notOurs: tally.notOurs - vmm.linesRecalled,
    failed: tally.failed,
    unread: tally.unread,
    created: vmm.created,
    deleted: vmm.deleted,
    files: vmm.files.length,
    punches: vmm.punches,
    slotsFromMap: map === null ? null : laid.slots.length,
  };
  return {
    document: documentOf(vmm, clock, laid.slots, summary),
    summary,
    problems: tally.problems,
    notes: [...hugetlbNote(vmm), ...(map !== null && laid === UNUSED ? [MAP_UNUSED] : []), ...laid.notes],
    blocks: laid.blocks,
    mapProblem: laid.problem,
  };
}

/** A log with memslot calls says itself where guest memory lies. */
const UNUSED: MapLaid = { slots: [], blocks: [], notes: [], problem: null };
const MAP_UNUSED = "The memory map is not used: the log has memslot calls of its own.";

function hugetlbNote(vmm: Vmm): string[] {
  const names = vmm.files.filter((file) => file.hugetlb).map((file) => fileName(file.index!));
  return names.length === 0 ? [] : [`Huge pages (hugetlb) are counted as pages of 4 KiB: ${listOf(names)}.`];
}

function documentOf(
  vmm: Vmm,
  clock: Clock,
  setup: readonly OperationDocument[],
  summary: CaptureSummary,
): ScenarioDocument {
  const pagesOf = (bytes: bigint) => pgoffOf(bytes + PAGE_SIZE - 1n);
  const vms = vmm.vms.length === 0 && setup.length > 0 ? 1 : vmm.vms.length;
  return {
    format: FORMAT,
    title: "A recorded machine",
    about: `Read from an strace log. ${summaryLine(summary)}.`,
    ...(clock.started === null ? {} : { started: clock.started }),
    // A log has no page faults: that a punched page was there, and was mapped, is taken for granted.
    ...(vmm.punches === 0 ? {} : { assumed: ["present", "mapped"] as ["present", "mapped"] }),
    files: Object.fromEntries(vmm.files.map((file, i) => [fileName(i), { pages: pagesOf(sizeOf(file)) }])),
    vms: Object.fromEntries(Array.from({ length: vms }, (_, i) => [vmName(i), {}])),
    setup: [...setup],
    tasks: { VMM: clock.kind === null ? vmm.operations.map(withoutTime) : vmm.operations },
  };
}

/** The times of a log without time stamps are all 0, and mean nothing. */
function withoutTime({ time: _, ...operation }: OperationDocument): OperationDocument {
  return operation;
}
