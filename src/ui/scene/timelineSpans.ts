// SPDX-License-Identifier: GPL-2.0-only
// What lasts longer than a step: holds of a lock, waiting for one, the stretch between two walks without it (T-b),
// and in_progress away from 0. Read from the events of a whole run.

import type { LabEvent, Play } from "../../engine/index.ts";

/** From the end of step `from` to the end of step `to`; 0 is before the first step. */
export interface Span {
  readonly from: number;
  to: number;
}

/** A task, as its index in the scenario, holds a file's lock. */
export interface Hold extends Span {
  readonly task: number;
  readonly lock: string;
  readonly mode: "read" | "write";
}

/** A task queues for a lock. */
export interface Wait extends Span {
  readonly task: number;
  readonly lock: string;
}

/** A punch has done its start walk and holds nothing that keeps the notifiers still until its end walk. */
export interface Gap extends Span {
  readonly task: number;
}

/** mmu_invalidate_in_progress of one VM, from when it leaves 0 until it is 0 again. */
export interface Bracket extends Span {
  readonly vm: string;
  /** Its value farthest from 0. */
  count: number;
  /** From this step on the value is wrong: below 0, or never to be 0 again. Null where nothing is wrong. */
  brokenFrom: number | null;
}

export interface Spans {
  /** Of `rm->lock`, of any file. */
  readonly holds: readonly Hold[];
  /** Of the `inode->lock` inside of a file. */
  readonly inner: readonly Hold[];
  readonly gaps: readonly Gap[];
  readonly waits: readonly Wait[];
  readonly brackets: readonly Bracket[];
}

const isLock = (lock: string, name: string) => lock.endsWith(`/${name}`);

/** Everything in `play` that lasts, in the order in which it begins. What is open at the end lasts until then. */
export function spansOf(play: Play): Spans {
  const { steps } = play.recording;
  const held: Hold[] = [];
  const gaps: Gap[] = [];
  const waits: Wait[] = [];
  const brackets: Bracket[] = [];
  const open = new Map<string, Span>();
  const betweenWalks = new Set<number>();
  const begin = <S extends Span>(key: string, list: S[], span: S) => {
    open.set(key, span);
    list.push(span);
  };
  const end = (key: string, step: number) => {
    const span = open.get(key);
    if (span !== undefined) span.to = step;
    open.delete(key);
  };

  const hear = (event: LabEvent, task: number, step: number): void => {
    const from = step;
    const to = steps.length;
    switch (event.type) {
      case "lock.waited":
        begin(`wait ${task}`, waits, { from, to, task, lock: event.lock });
        return;
      case "lock.taken":
        end(`wait ${task}`, step);
        if (isLock(event.lock, "rm->lock")) end(`gap ${task}`, step);
        begin(`${event.lock} ${task}`, held, { from, to, task, lock: event.lock, mode: event.mode });
        return;
      case "lock.released":
        end(`${event.lock} ${task}`, step);
        if (betweenWalks.has(task) && isLock(event.lock, "rm->lock"))
          begin(`gap ${task}`, gaps, { from, to, task });
        return;
      case "walk.ended":
        if (event.edge === "start") betweenWalks.add(task);
        return;
      case "walk.begun":
        betweenWalks.delete(task);
        return;
      case "operation.returned":
        betweenWalks.delete(task);
        end(`gap ${task}`, step);
        return;
      case "bracket.begun":
      case "bracket.ended": {
        const { vm, count } = event;
        const bracket = open.get(vm) as Bracket | undefined;
        if (bracket === undefined) {
          if (count !== 0) begin(vm, brackets, { from, to, vm, count, brokenFrom: count < 0 ? from : null });
        } else if (count === 0) end(vm, step);
        else if (Math.abs(count) > Math.abs(bracket.count)) bracket.count = count;
        return;
      }
    }
  };
  for (const [k, { task, events }] of steps.entries()) for (const event of events) hear(event, task, k + 1);
  for (const vm of play.scenario.vms.keys()) {
    const stuck = open.get(vm) as Bracket | undefined;
    if (stuck !== undefined) stuck.brokenFrom ??= firstFinding(play, stuck) ?? stuck.from;
  }
  return {
    holds: held.filter(({ lock }) => isLock(lock, "rm->lock")),
    inner: held.filter(({ lock }) => isLock(lock, "inode->lock")),
    gaps,
    waits,
    brackets,
  };
}

/** Until a finding says so, a count that will never come back to 0 looks like any other. */
const firstFinding = ({ findings }: Play, { vm, from }: Bracket): number | undefined =>
  findings.find(({ object, step }) => object === vm && step >= from)?.step;
