// SPDX-License-Identifier: GPL-2.0-only
// Holds the invariants against the world after every step, and tells each breach at the step at which it began.

import type { LabEvent } from "../events.ts";
import type { World } from "../world.ts";
import type { Finding } from "./finding.ts";
import type { Report, Rule } from "./rule.ts";

export interface Watch {
  readonly findings: Finding[];
  /** Takes an event in, as Rule.tell() says. */
  tell(task: string, event: LabEvent, world: World): void;
  /** Looks at what events have touched. `atRest`: no operation is in flight. */
  look(step: number, world: World, atRest: boolean): void;
  /** Looks once more after the last step, when no task can go on. */
  close(step: number, world: World): void;
}

/** A watch over one run. Rules remember what they heard, so each run has its own. */
export function newWatch(rules: readonly Rule[]): Watch {
  const findings: Finding[] = [];
  /** Breaches that hold now, by what was looked at. */
  const broken = new Map<string, Set<string>>();
  const reportAt =
    (step: number): Report =>
    (looked, breaches) => {
      const before = broken.get(looked);
      const now = new Set<string>();
      for (const breach of breaches) {
        const key = `${breach.invariant} ${breach.object}`;
        if (!before?.has(key) && !now.has(key)) findings.push({ step, ...breach });
        now.add(key);
      }
      if (before || now.size > 0) broken.set(looked, now);
    };
  return {
    findings,
    tell(task, event, world) {
      for (const rule of rules) rule.tell(task, event, world);
    },
    look(step, world, atRest) {
      const report = reportAt(step);
      for (const rule of rules) rule.look(world, atRest, report);
    },
    close(step, world) {
      const report = reportAt(step);
      for (const rule of rules) rule.close?.(world, report);
    },
  };
}
