// SPDX-License-Identifier: GPL-2.0-only
// What a VM's mmu_invalidate_in_progress is made of: starts that wait for their end, starts whose end will never come,
// and ends that had no start. The count alone is their sum, and tells none of them apart.

import type { Play } from "../../engine/index.ts";
import { bisectRight } from "./bisect.ts";

/** After some step. The count is `open + lost - lone`. */
export interface Brackets {
  /** Begun, and to be ended. */
  readonly open: number;
  /** Begun for a memslot that was freed since: nobody is left to hear the end. */
  readonly lost: number;
  /** Ended without having been begun. */
  readonly lone: number;
}

const NONE: Brackets = { open: 0, lost: 0, lone: 0 };

/** The steps at which the brackets of one VM changed, ascending, and what they were from then on. */
interface History {
  readonly steps: number[];
  readonly brackets: Brackets[];
}

/** What is known of a play's VMs; and the step at which the host stopped for one of them (BUG_ON), or null. */
interface Known {
  readonly vms: ReadonlyMap<string, History>;
  readonly stoppedAt: ReadonlyMap<string, number>;
}

const known = new WeakMap<Play, Known>();

/** The brackets of `vm` after step `step` of `play`. */
export function bracketsAt(play: Play, vm: string, step: number): Brackets {
  const history = knownOf(play).vms.get(vm);
  return history?.brackets[bisectRight(history.steps, step) - 1] ?? NONE;
}

/** Whether the host has stopped at BUG_ON() over the count of `vm` by step `step`. */
export const isHostStopped = (play: Play, vm: string, step: number): boolean =>
  (knownOf(play).stoppedAt.get(vm) ?? Number.POSITIVE_INFINITY) <= step;

/** Read once a play: a step that is shown costs a search. */
function knownOf(play: Play): Known {
  const before = known.get(play);
  if (before !== undefined) return before;
  const vms = new Map<string, History>();
  const stoppedAt = new Map<string, number>();
  /** By task and notifier: starts that the task has sent, less ends, where that is not 0. */
  const sent = new Map<string, { readonly notifier: number; readonly vm: string; open: number }>();
  const change = (vm: string, step: number, by: Partial<Brackets>) => {
    const history = vms.get(vm) ?? { steps: [], brackets: [] };
    vms.set(vm, history);
    const { open, lost, lone } = history.brackets.at(-1) ?? NONE;
    const next = { open: open + (by.open ?? 0), lost: lost + (by.lost ?? 0), lone: lone + (by.lone ?? 0) };
    history.steps.push(step);
    history.brackets.push(next);
  };
  for (const [k, { task, events }] of play.recording.steps.entries())
    for (const event of events)
      switch (event.type) {
        case "bracket.begun": {
          const { notifier, vm } = event;
          const own = sent.get(`${task} ${notifier}`) ?? { notifier, vm, open: 0 };
          sent.set(`${task} ${notifier}`, own);
          own.open++;
          change(vm, k + 1, { open: 1 });
          break;
        }
        case "bracket.ended": {
          const own = sent.get(`${task} ${event.notifier}`);
          if (own === undefined) change(event.vm, k + 1, { lone: 1 });
          else {
            own.open--;
            if (own.open === 0) sent.delete(`${task} ${event.notifier}`);
            change(event.vm, k + 1, { open: -1 });
          }
          break;
        }
        case "slot.freed":
          for (const [key, own] of sent) {
            if (own.notifier !== event.notifier) continue;
            change(own.vm, k + 1, { open: -own.open, lost: own.open });
            sent.delete(key);
          }
          break;
        case "host.stopped":
          if (!stoppedAt.has(event.vm)) stoppedAt.set(event.vm, k + 1);
          break;
      }
  const now = { vms, stoppedAt };
  known.set(play, now);
  return now;
}
