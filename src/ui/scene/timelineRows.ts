// SPDX-License-Identifier: GPL-2.0-only
// Which lanes a design has, and where each stands: for each task its steps and the locks it holds, then vCPUs that no
// task has to itself, then a count for each VM. A task that does nothing but what one vCPU does is that vCPU's lane.

import type { Play } from "../../engine/index.ts";
import type { Lane, Line } from "./timelineLane.ts";
import { LOCK_BASELINE } from "./timelineLocks.ts";
import type { Spans } from "./timelineSpans.ts";
import type { VcpuTrace } from "./timelineVcpuTrace.ts";
import type { VcpuLanes } from "./vcpuLanes.ts";

/** Lanes are 22 px apart; where several tasks need more of them, as low as their words allow. */
const HEIGHTS = {
  alone: { task: 22, refused: 22, vcpu: 22, locks: 22, bareLocks: 22, count: 22 },
  several: { task: 15, refused: 34, vcpu: 20, locks: 19, bareLocks: 12, count: 14 },
};

/** A lane of this height has a second line of words, below its marks. */
const SECOND_MIN = 28;

/** Words need a lane of this height. */
const WORDS_MIN = 14;

/** More vCPUs than this that no task has to itself are not drawn where two designs stand one above the other. */
const VCPUS_MAX = { beside: 3, alone: 8 };

interface Rows {
  readonly lanes: readonly Lane[];
  /** vCPUs that have no lane: those with the least to tell. */
  readonly hidden: readonly VcpuTrace[];
}

/** The lanes of a run from `top` down. `isAlone`: no other design stands beside it. */
export function laneRows(
  { play, vcpus }: { readonly play: Play; readonly vcpus: VcpuLanes | null },
  spans: Spans,
  top: number,
  width: number,
  isAlone: boolean,
): Rows {
  const { holds, inner, gaps, brackets } = spans;
  const tasks = [...play.scenario.tasks.keys()];
  const heights = HEIGHTS[tasks.length > 1 ? "several" : "alone"];
  const lanes: Lane[] = [];
  let free = top;
  const add = (row: keyof typeof heights, name: string, of: Partial<Pick<Lane, "task" | "vm" | "vcpu">>) => {
    const height = heights[row];
    const kind = row === "bareLocks" ? "locks" : row === "refused" ? "task" : row;
    const lines = baselines(kind, free, height, vcpus).map(
      (baseline): Line => ({ baseline, room: { width, taken: [] } }),
    );
    lanes.push({ kind, name, top: free, height, task: -1, vm: "", vcpu: "", ...of, lines });
    free += height;
  };
  const traces = vcpus?.vcpuTraces(play) ?? [];
  const owners = new Set(traces.map(({ vcpu }) => vmOf(vcpu)));
  const nameOf = (vcpu: string) =>
    `${owners.size > 1 ? `${vmOf(vcpu)} ` : ""}vCPU ${vcpu.slice(vcpu.lastIndexOf("/vcpu") + 5)}`;
  const ownVcpu = vcpus === null ? [] : vcpusOfTasks(play);
  for (const [task, name] of tasks.entries()) {
    const isOwn = (span: { task: number }) => span.task === task;
    const vcpu = ownVcpu[task] ?? null;
    if (vcpu === null) add(isRefusedOften(play, task) ? "refused" : "task", name, { task });
    else add("vcpu", `${nameOf(vcpu)} · ${name}`, { task, vcpu });
    if (inner.some(isOwn) || gaps.some(isOwn)) add("locks", "rm->lock", { task });
    else if (tasks.length === 1 || holds.some(isOwn)) add("bareLocks", "rm->lock", { task });
  }
  const others = traces.filter(({ vcpu }) => !ownVcpu.includes(vcpu));
  const shown = new Set([...others].sort(byTelling).slice(0, VCPUS_MAX[isAlone ? "alone" : "beside"]));
  for (const trace of others) if (shown.has(trace)) add("vcpu", nameOf(trace.vcpu), { vcpu: trace.vcpu });
  const vms = [...play.scenario.vms.keys()];
  const counted = vms.filter((vm) => brackets.some((each) => each.vm === vm));
  for (const vm of counted.length > 0 ? counted : vms.slice(0, 1))
    add("count", vms.length > 1 ? `${vm} in_progress` : "in_progress", { vm });
  return { lanes, hidden: others.filter((trace) => !shown.has(trace)) };
}

function baselines(kind: Lane["kind"], top: number, height: number, vcpus: VcpuLanes | null): number[] {
  if (height < WORDS_MIN) return [];
  if (kind === "locks") return [top + LOCK_BASELINE];
  if (kind === "vcpu" && vcpus !== null) return vcpus.vcpuBaselines(top, height);
  const middle = top + height / 2;
  return height < SECOND_MIN ? [middle + 4] : [middle + 4, middle + 15.5];
}

/** Refusals from here on may be too close to each other for the words of all of them on one line. */
const OFTEN = 3;

const isRefusedOften = ({ recording }: Play, task: number): boolean =>
  recording.steps.filter(
    (step) =>
      step.task === task &&
      step.events.some((event) => event.type === "operation.returned" && event.errno !== null),
  ).length >= OFTEN;

const vmOf = (vcpu: string) => vcpu.slice(0, vcpu.lastIndexOf("/"));

/** By task: the vCPU that it is, and nothing else, by the name that events use; else null. */
function vcpusOfTasks({ scenario: { tasks } }: Play): readonly (string | null)[] {
  const used = [...tasks.values()].map(
    (operations) =>
      new Set(
        operations.map((operation) =>
          operation.op === "guestRead" || operation.op === "guestWrite"
            ? `${operation.vm}/vcpu${operation.vcpu}`
            : null,
        ),
      ),
  );
  return used.map((own) => {
    const [only = null] = own;
    return own.size === 1 && used.filter((other) => other.has(only)).length === 1 ? only : null;
  });
}

/** Who may do harm first, then who has been through more. */
const byTelling = (a: VcpuTrace, b: VcpuTrace) =>
  b.stale.length - a.stale.length || b.exits.length - a.exits.length || b.stays.length - a.stays.length;
