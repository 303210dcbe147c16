// SPDX-License-Identifier: GPL-2.0-only
// What each vCPU does over a whole run: where it is, what it is asked for, how long it may use a translation that
// nothing stands behind any more. Read from the events of the run, and from one finding.

import {
  type LabEvent,
  type LeafLevel,
  type Play,
  pagesPerLeaf,
  tlbEntries,
  type Vcpu,
} from "../../engine/index.ts";
import type { Span } from "./timelineSpans.ts";

/** Why a vCPU left the guest. */
export type Exit = NonNullable<Vcpu["exit"]>;
/** Why its fault was sent back. */
export type Retry = Extract<LabEvent, { type: "fault.retried" }>["because"];

/** A vCPU in one state, without a break. */
export interface Stay extends Span {
  readonly is: Vcpu["state"];
  /** Of `out`: why it left the guest last. */
  readonly exit: Exit | null;
  /** Of `fault` and `retrying`: on which gfn. */
  readonly gfn: number | null;
}

/** The steps of one vCPU that have a mark of their own, by what happened in them. */
export interface VcpuMoments {
  /** It was asked to flush, and is kicked out of the guest for it. */
  readonly kicks: number[];
  /** It was asked to flush while it was not in the guest. */
  readonly requests: number[];
  /** It came into the guest, and did what it was asked for first. */
  readonly flushes: number[];
  /** RET_PF_RETRY, and why. */
  readonly retries: { readonly step: number; readonly because: Retry }[];
  /** Back to user space, and why. */
  readonly exits: { readonly step: number; readonly reason: Exit }[];
}

export interface VcpuTrace extends VcpuMoments {
  /** `vm0/vcpu0` */
  readonly vcpu: string;
  /** One after the other, from step 0 to the last. */
  readonly stays: readonly Stay[];
  /** It has a stale translation cached and may use it: it is in the guest, or nothing makes it flush before it is. */
  readonly stale: readonly Span[];
}

/** A trace under construction. */
interface Watched extends VcpuTrace {
  readonly stays: Stay[];
  readonly stale: Span[];
  readonly vm: string;
  /** First gfns and levels of what it has cached. */
  readonly cached: Map<number, LeafLevel>;
  /** The level at which its walk found a leaf. */
  level: LeafLevel;
  asked: boolean;
  isStale: boolean;
}

/** How a fault ends with the release of mmu_lock. */
type Settled = { readonly watched: Watched; readonly is: "out" | "retrying"; readonly gfn: number };

const known = new WeakMap<Play, readonly VcpuTrace[]>();

/** The traces of all vCPUs of `play`, in the order of their VMs. Read once a play; of none where no vCPU is. */
export function vcpuTraces(play: Play): readonly VcpuTrace[] {
  const traces = known.get(play) ?? read(play);
  known.set(play, traces);
  return traces;
}

function read(play: Play): readonly VcpuTrace[] {
  const { steps, checkpoints } = play.recording;
  const last = steps.length;
  const all = new Map<string, Watched>();
  for (const [vm, { vcpus }] of Object.entries(checkpoints[0]?.world.vms ?? {}))
    for (const vcpu of vcpus) all.set(`${vm}/vcpu${vcpu.id}`, watched(vm, vcpu, last));
  if (all.size === 0) return [];

  const brokenAt = new Map<number, string[]>();
  for (const { invariant, object, step } of play.findings)
    if (invariant === "I9") brokenAt.set(step, [...(brokenAt.get(step) ?? []), object]);
  const settled = new Map<number, Settled>();
  const faulting = new Map<number, Watched>();
  const holding = new Set<number>();
  for (const [k, { task, events }] of steps.entries()) {
    for (const event of events) hear(event, task, k + 1);
    for (const object of brokenAt.get(k + 1) ?? []) {
      const own = all.get(object);
      if (own !== undefined) own.isStale = true;
    }
    for (const own of all.values()) staleNow(own, k + 1, last);
  }
  return [...all.values()];

  function hear(event: LabEvent, task: number, step: number): void {
    const own = "vcpu" in event ? all.get(event.vcpu) : undefined;
    const to = (into: Watched, is: Stay["is"], exit: Exit | null, gfn: number | null) =>
      move(into, { is, exit, gfn, from: step, to: last });
    switch (event.type) {
      case "vcpu.entered":
        if (own === undefined) return;
        if (own.asked) {
          own.flushes.push(step);
          own.cached.clear();
          own.isStale = own.asked = false;
        }
        to(own, "guest", null, null);
        return;
      case "vcpu.exited":
        if (own === undefined) return;
        if (event.reason === "violation") to(own, "fault", null, event.gfn);
        else to(own, "out", event.reason, null);
        if (event.reason === "mmio" || event.reason === "dead")
          own.exits.push({ step, reason: event.reason });
        return;
      case "fault.begun":
        if (own !== undefined) faulting.set(task, own);
        return;
      case "fault.retried":
        if (own === undefined) return;
        own.retries.push({ step, because: event.because });
        // With mmu_lock held the fault is not over before that is given back.
        if (holding.has(task)) settled.set(task, { watched: own, is: "retrying", gfn: event.gfn });
        else to(own, "retrying", null, event.gfn);
        return;
      case "spte.installed":
      case "fault.spurious":
        if (own !== undefined) settled.set(task, { watched: own, is: "out", gfn: event.gfn });
        if (event.type === "spte.installed" && event.replaced > 0)
          forget(event.vm, event.gfn, event.gfn + pagesPerLeaf(event.level as LeafLevel));
        return;
      case "lock.taken":
        if (event.lock.endsWith("/mmu_lock")) holding.add(task);
        return;
      case "lock.released": {
        if (!event.lock.endsWith("/mmu_lock")) return;
        holding.delete(task);
        const end = settled.get(task);
        if (end !== undefined) to(end.watched, end.is, null, end.is === "out" ? null : end.gfn);
        settled.delete(task);
        return;
      }
      case "operation.returned": {
        const left = faulting.get(task);
        if (left?.stays.at(-1)?.is === "fault") to(left, "out", null, null);
        faulting.delete(task);
        return;
      }
      case "tlb.requested":
        for (const name of event.vcpus) {
          const each = all.get(name);
          if (each === undefined) continue;
          each.asked = true;
          each[event.kicked.includes(name) ? "kicks" : "requests"].push(step);
        }
        return;
      case "guest.walked":
        if (own !== undefined && event.found === "leaf") own.level = event.level as LeafLevel;
        return;
      case "guest.read":
      case "guest.wrote":
        if (own === undefined) return;
        if (event.via === "tables")
          own.cached.set(event.gfn - (event.gfn % pagesPerLeaf(own.level)), own.level);
        if (event.stale) own.isStale = true;
        return;
      case "spte.zapped":
        for (const [start, end] of event.zapped) forget(event.vm, start, end);
        return;
    }
  }

  /** Leaves of gfns [start, end) are gone from the tables: whoever has cached one has a stale translation. */
  function forget(vm: string, start: number, end: number): void {
    for (const own of all.values())
      if (own.vm === vm)
        for (const [gfn, level] of own.cached)
          if (gfn < end && start < gfn + pagesPerLeaf(level)) own.isStale = true;
  }
}

function watched(vm: string, vcpu: Vcpu, last: number): Watched {
  const { id, state: is, exit, fault, tlb, flushRequested: asked } = vcpu;
  const stay = { is, exit: is === "out" ? exit : null, gfn: fault?.gfn ?? null, from: 0, to: last };
  return {
    ...{ vm, vcpu: `${vm}/vcpu${id}`, stays: [stay], stale: [] },
    ...{ kicks: [], requests: [], flushes: [], retries: [], exits: [] },
    ...{ cached: new Map(tlbEntries(tlb).map(({ gfn, level }) => [gfn, level])), level: 1, asked },
    isStale: false,
  };
}

/** `stay` follows. One that begins in the same step has lasted for no time, and is not kept. */
function move({ stays }: Watched, stay: Stay): void {
  const before = stays.at(-1);
  if (before !== undefined) before.to = stay.from;
  if (before?.from === stay.from) stays.pop();
  stays.push(stay);
}

/** Outside, with a flush to do before it enters, a stale translation does no harm. */
function staleNow({ stale, stays, isStale, asked }: Watched, step: number, last: number): void {
  const open = stale.at(-1);
  const isOpen = open !== undefined && open.to === last;
  const mayUse = isStale && (stays.at(-1)?.is === "guest" || !asked);
  if (mayUse && !isOpen) stale.push({ from: step, to: last });
  else if (!mayUse && isOpen) open.to = step;
}
