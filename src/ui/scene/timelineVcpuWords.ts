// SPDX-License-Identifier: GPL-2.0-only
// The words in a vCPU's lane: above its line where that is down, below it where it is up.

import { numberText } from "../text/number.ts";
import { type Drawing, type Lane, write } from "./timelineLane.ts";
import { HALF } from "./timelineShapes.ts";
import type { Span } from "./timelineSpans.ts";
import type { Retry, Stay, VcpuTrace } from "./timelineVcpuTrace.ts";
import { wordsWidth } from "./timelineWords.ts";

type Room = readonly [left: number, right: number];

/** From the beginning of a stretch on, and not to its left. */
const inside = ({ xOf }: Drawing, { from }: Span): Room => [Number.POSITIVE_INFINITY, xOf(from) - 2];
const beside = ({ xOf }: Drawing, step: number): Room => [xOf(step) - HALF, xOf(step) + HALF - 2];

/** What does harm: a VM that is dead, a translation that leads astray, a fault that will never end. */
export function writeHarm(drawing: Drawing, lane: Lane, trace: VcpuTrace): void {
  const { xOf, play } = drawing;
  for (const { step, reason } of trace.exits)
    if (reason === "dead")
      write(drawing, lane, "violationText", beside(drawing, step), ["-EIO: the VM is dead", "-EIO"]);
  for (const span of trace.stale) {
    const words = staleWords(trace, span, play.recording.steps.length);
    if (!write(drawing, lane, "cutText", inside(drawing, span), words.slice(0, 1)))
      write(drawing, lane, "cutText", [xOf(span.from), xOf(span.to) - 2], words);
  }
  for (const { step, because, endless } of retriesOf(drawing, lane, trace))
    if (endless) write(drawing, lane, "violationText", beside(drawing, step), retryWords(because, true));
}

/** What it waits for, and why it left the guest. */
export function writeVcpu(drawing: Drawing, lane: Lane, trace: VcpuTrace): void {
  for (const { step, because, endless } of retriesOf(drawing, lane, trace))
    if (!endless) write(drawing, lane, "note", beside(drawing, step), retryWords(because, false));
  for (const step of trace.requests)
    write(drawing, lane, "note", beside(drawing, step), ["flush waits for the next entry", "flush waits"]);
  for (const { step, reason } of trace.exits)
    if (reason === "mmio")
      write(drawing, lane, "note", beside(drawing, step), ["no memslot: exits as MMIO", "MMIO"]);
  for (const stay of trace.stays)
    if (
      stay.is === "fault" &&
      stay.gfn !== null &&
      drawing.xOf(stay.to) - drawing.xOf(stay.from) > wordsWidth("fault")
    )
      write(drawing, lane, "note", inside(drawing, stay), [`fault on gfn ${numberText(stay.gfn)}`, "fault"]);
}

function staleWords({ stays, kicks, requests }: VcpuTrace, { from, to }: Span, end: number): string[] {
  const isAsked = [...kicks, ...requests].some((step) => from <= step && step <= to);
  if (to === end && !isAsked)
    return ["stale to the end: nobody asks for a flush", "stale to the end", "stale"];
  const exits = stays.some((stay: Stay) => stay.from === to && stay.is !== "guest");
  return [exits ? "stale until it exits" : "stale until it flushes", "stale"];
}

/** `endless`: it stays where this retry has left it. */
function retriesOf({ play }: Drawing, { task }: Lane, { vcpu, stays, retries }: VcpuTrace) {
  const { steps, stuck } = play.recording;
  const isStuck =
    stuck.includes([...play.scenario.tasks.keys()][task] ?? "") ||
    play.findings.some(({ invariant, object }) => invariant === "I31" && object === vcpu);
  const last = stays.at(-1);
  const endless = isStuck && last?.is === "retrying" ? last.from : Number.POSITIVE_INFINITY;
  return retries.map(({ step, because }, k) => ({
    ...{ step, because },
    endless: k === retries.length - 1 && endless <= steps.length,
  }));
}

function retryWords(because: Retry, endless: boolean): string[] {
  const short = { count: "a bracket is open", seq: "the sequence has moved", slot: "its slot goes" };
  const why = because in short ? short[because as keyof typeof short] : `-${because}`;
  const does = endless ? "faults for ever" : "sent back";
  return [`${does}: ${why}`, `${does}: ${because}`, does];
}
