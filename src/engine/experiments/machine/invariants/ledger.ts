// SPDX-License-Identifier: GPL-2.0-only
// What has been told so far, kept in the form in which the invariants speak of it. It is fed by events alone: a
// kernel path that forgets something can't make the ledger forget it too.

import type { LabEvent } from "../events.ts";

/** A half-open range of file pages that a notifier was given. */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

/** A range that a notifier was given; `failed` where the store found no memory and nothing leads there (T-r). */
export interface BoundRange extends FileRange {
  readonly failed: boolean;
}

/** What is known of one notifier. */
export interface NotifierLedger {
  readonly id: number;
  readonly name: string;
  readonly vm: string;
  /** Starts less ends that passed the clamp: open(n). */
  open: number;
  /** Freed with its memslot. */
  freed: boolean;
  /** open(n) when it was freed. */
  openWhenFreed: number;
  /** A finished punch did not send it an end for each start, after it, and with the same range. Stays true. */
  unpaired: boolean;
  /** REVIEW: the ranges it was bound to, by file. */
  readonly bound: Map<string, BoundRange[]>;
}

export interface VmLedger {
  readonly name: string;
  /** Sum of open(n) over its living notifiers, and the brackets of ordinary notifiers that are open. */
  open: number;
  /** Living notifiers with open(n) below zero. */
  readonly overdrawn: Set<NotifierLedger>;
  /** Ends that were told since boot. */
  ends: number;
  /** Sequence number when a bracket last removed a mapping, or -1. */
  seqAtZap: number;
  /** An end came before the sequence had grown past seqAtZap. */
  zapUnseen: boolean;
  /** The last end found no range added since its begin. */
  endedWithoutRange: boolean;
  /** The gfn ranges that open brackets of calls in flight have added. */
  brackets: {
    readonly task: string;
    readonly notifier: number;
    readonly start: bigint;
    readonly end: bigint;
  }[];
  /** All of `brackets` lie in it. It grows with each, and shrinks only once none is open: a quick first look. */
  hull: { readonly start: bigint; readonly end: bigint } | null;
  /** Task whose bracket is being opened: the next zap of that task belongs to it. */
  readonly opening: Set<string>;
}

export interface Ledger {
  readonly notifiers: Map<number, NotifierLedger>;
  readonly vms: Map<string, VmLedger>;
  /** By task: what the punch that it is in has told whom. */
  readonly punches: Map<string, Map<NotifierLedger, Heard>>;
  /** The last sequence number told, by VM. */
  readonly seq: Map<string, number>;
  /** Living notifiers whose open(n) is not zero. */
  readonly unsettled: Set<NotifierLedger>;
}

/** Most events change nothing for them. */
const NOTHING: Touched = {};

/** What one punch has told one notifier. */
interface Heard extends FileRange {
  /** Starts less ends, whether they passed the clamp or not. */
  balance: number;
  /** An end came before its start, or a range differed. */
  odd: boolean;
}

/** What an event may have changed for the invariants. */
export interface Touched {
  readonly vms?: readonly string[];
  readonly files?: readonly string[];
  readonly notifiers?: readonly NotifierLedger[];
}

export const newLedger = (vms: Iterable<readonly [name: string, seq: number]>): Ledger => {
  const seq = new Map(vms);
  return {
    notifiers: new Map(),
    vms: new Map([...seq.keys()].map((name) => [name, newVmLedger(name)])),
    punches: new Map(),
    seq,
    unsettled: new Set(),
  };
};

const newVmLedger = (name: string): VmLedger => ({
  name,
  open: 0,
  overdrawn: new Set(),
  ends: 0,
  seqAtZap: -1,
  zapUnseen: false,
  endedWithoutRange: false,
  brackets: [],
  hull: null,
  opening: new Set(),
});

/** Enters `event`, which `task` told. */
export function enter(ledger: Ledger, task: string, event: LabEvent): Touched {
  switch (event.type) {
    case "punch.begun":
      ledger.punches.set(task, new Map());
      return NOTHING;
    case "notifier.start":
    case "notifier.end":
      hear(ledger.punches.get(task), notifierOf(ledger, event.notifier, event.memslot), event);
      return NOTHING;
    case "bracket.begun": {
      const vm = vmOf(ledger, event.vm);
      vm.endedWithoutRange = false;
      vm.brackets.push({ task, notifier: event.notifier, start: event.start, end: event.end });
      vm.hull = {
        start: vm.hull !== null && vm.hull.start < event.start ? vm.hull.start : event.start,
        end: vm.hull !== null && vm.hull.end > event.end ? vm.hull.end : event.end,
      };
      if (event.ordinary) vm.open++;
      else {
        vm.opening.add(task);
        open(ledger, vm, notifierOf(ledger, event.notifier, event.memslot), 1);
      }
      return { vms: [vm.name] };
    }
    case "spte.zapped": {
      const vm = vmOf(ledger, event.vm);
      if (vm.opening.delete(task) && event.sptes > 0) vm.seqAtZap = ledger.seq.get(vm.name) ?? 0;
      return NOTHING;
    }
    case "bracket.ended": {
      const vm = vmOf(ledger, event.vm);
      vm.ends++;
      vm.zapUnseen = event.seq <= vm.seqAtZap;
      vm.endedWithoutRange = event.range === null;
      ledger.seq.set(vm.name, event.seq);
      const at = vm.brackets.findIndex((open) => open.task === task && open.notifier === event.notifier);
      if (at >= 0) vm.brackets.splice(at, 1);
      if (vm.brackets.length === 0) vm.hull = null;
      if (event.ordinary) vm.open--;
      else open(ledger, vm, notifierOf(ledger, event.notifier, event.memslot), -1);
      return { vms: [vm.name] };
    }
    case "slot.freed": {
      const notifier = notifierOf(ledger, event.notifier, event.memslot);
      notifier.freed = true;
      notifier.openWhenFreed = notifier.open;
      const vm = vmOf(ledger, notifier.vm);
      vm.open -= notifier.open;
      vm.overdrawn.delete(notifier);
      ledger.unsettled.delete(notifier);
      return { vms: [vm.name], files: [...notifier.bound.keys()], notifiers: [notifier] };
    }
    case "notifier.bound": {
      const { bound } = notifierOf(ledger, event.notifier, event.memslot);
      const range = { start: event.start, end: event.end, failed: event.failed !== undefined };
      bound.set(event.file, [...(bound.get(event.file) ?? []), range]);
      return { files: [event.file] };
    }
    case "notifier.unbound": {
      const { bound } = notifierOf(ledger, event.notifier, event.memslot);
      bound.set(event.file, without(bound.get(event.file) ?? [], event.start, event.end));
      return { files: [event.file] };
    }
    case "operation.returned":
      return finishPunch(ledger, task);
    default:
      return NOTHING;
  }
}

/** No operation is in flight: a bracket that is open now is one that no punch will close. Returns whose they are. */
export function rest(ledger: Ledger): Iterable<NotifierLedger> {
  for (const notifier of ledger.unsettled) notifier.unpaired = true;
  return ledger.unsettled;
}

function hear(
  punch: Map<NotifierLedger, Heard> | undefined,
  notifier: NotifierLedger,
  { type, start, end }: FileRange & { type: "notifier.start" | "notifier.end" },
): void {
  if (punch === undefined) return;
  const heard = punch.get(notifier) ?? { start, end, balance: 0, odd: false };
  punch.set(notifier, heard);
  heard.balance += type === "notifier.start" ? 1 : -1;
  if (heard.balance < 0 || start !== heard.start || end !== heard.end) heard.odd = true;
}

/** The task's operation has returned: if it was a punch, whoever heard it must have heard it out. */
function finishPunch(ledger: Ledger, task: string): Touched {
  const punch = ledger.punches.get(task);
  if (punch === undefined) return {};
  ledger.punches.delete(task);
  for (const [notifier, { balance, odd }] of punch) if (balance !== 0 || odd) notifier.unpaired = true;
  const vms: string[] = [];
  for (const vm of ledger.vms.values()) {
    // Its pages are gone: a bracket whose end got lost protects nothing any more.
    const inFlight = vm.brackets.filter((bracket) => bracket.task !== task);
    if (inFlight.length === vm.brackets.length) continue;
    vm.brackets = inFlight;
    if (inFlight.length === 0) vm.hull = null;
    vms.push(vm.name);
  }
  return { vms, notifiers: [...punch.keys()] };
}

/** A callback that passed the clamp has opened or closed its bracket. The dead are in no sum. */
function open(ledger: Ledger, vm: VmLedger, notifier: NotifierLedger, by: 1 | -1): void {
  notifier.open += by;
  if (notifier.freed) return;
  vm.open += by;
  keep(vm.overdrawn, notifier, notifier.open < 0);
  keep(ledger.unsettled, notifier, notifier.open !== 0);
}

function keep<T>(set: Set<T>, value: T, belongs: boolean): void {
  if (belongs) set.add(value);
  else set.delete(value);
}

function notifierOf(ledger: Ledger, id: number, name: string): NotifierLedger {
  const known = ledger.notifiers.get(id);
  if (known) return known;
  const vm = name.slice(0, name.indexOf("/"));
  const added: NotifierLedger = {
    id,
    name,
    vm,
    open: 0,
    freed: false,
    openWhenFreed: 0,
    unpaired: false,
    bound: new Map(),
  };
  ledger.notifiers.set(id, added);
  return added;
}

const vmOf = (ledger: Ledger, name: string): VmLedger => {
  const vm = ledger.vms.get(name);
  if (vm === undefined) throw new RangeError(`no VM ${name} in the ledger`);
  return vm;
};

const without = (ranges: readonly BoundRange[], start: number, end: number): BoundRange[] =>
  ranges.flatMap((range) =>
    [
      { ...range, end: Math.min(range.end, start) },
      { ...range, start: Math.max(range.start, end) },
    ].filter((part) => part.start < part.end),
  );
