// SPDX-License-Identifier: GPL-2.0-only
// Holds the invariants against the world after every step, each in its scope. What nothing has touched since it
// last held is not looked at again.

import { isHeldForWriting } from "../../../kernel/sync/lock.ts";
import { present } from "../../../assert.ts";
import type { LabEvent } from "../events.ts";
import type { World } from "../world.ts";
import type { Breach, Finding } from "./finding.ts";
import { enter, newLedger, type NotifierLedger, rest } from "./ledger.ts";
import { storeBreaches } from "./store.ts";
import { notifierBreaches, vmBreaches } from "./vm.ts";

export interface Watch {
  readonly findings: Finding[];
  /** Takes an event in. */
  tell(task: string, event: LabEvent): void;
  /** Looks at what events have touched. `atRest`: no operation is in flight. */
  look(step: number, world: World, atRest: boolean): void;
}

/** A watch over a machine that has just been made; `seqs` are the VMs' sequence numbers then. */
export function newWatch(seqs: ReadonlyMap<string, number>): Watch {
  const ledger = newLedger(seqs);
  const findings: Finding[] = [];
  const touchedVms = new Set<string>();
  /** VMs that had a bracket open while no operation was in flight: whether that is a breach hangs on the step alone. */
  const restless = new Set<string>();
  const touchedFiles = new Set<string>();
  const touchedNotifiers = new Set<NotifierLedger>();
  /** Breaches that hold now, by what was looked at. */
  const broken = new Map<string, Set<string>>();

  const report = (step: number, looked: string, breaches: Iterable<Breach>) => {
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
    tell(task, event) {
      const { vms, files, notifiers } = enter(ledger, task, event);
      if (vms) for (const vm of vms) touchedVms.add(vm);
      if (files) for (const file of files) touchedFiles.add(file);
      if (notifiers) for (const notifier of notifiers) touchedNotifiers.add(notifier);
    },
    look(step, world, atRest) {
      if (atRest) {
        for (const notifier of rest(ledger)) touchedNotifiers.add(notifier);
        for (const name of ledger.vms.keys())
          if (present(world.vms[name], () => `VM ${name}`).mmuInvalidateInProgress !== 0) restless.add(name);
      }
      for (const name of restless) touchedVms.add(name);
      // After most steps nothing is to be looked at, and this is where long runs spend their time.
      if (touchedVms.size + touchedFiles.size + touchedNotifiers.size === 0) return;
      for (const notifier of touchedNotifiers)
        report(step, `notifier ${notifier.id}`, notifierBreaches(notifier));
      touchedNotifiers.clear();
      for (const name of touchedVms) {
        const kvm = present(world.vms[name], () => `VM ${name}`);
        if (isHeldForWriting(kvm.mmuLock)) continue;
        touchedVms.delete(name);
        const vm = present(ledger.vms.get(name), () => `VM ${name}`);
        report(step, `vm ${name}`, vmBreaches(kvm, vm, seqs.get(name) ?? 0, atRest));
      }
      for (const name of touchedFiles) {
        const file = present(world.files[name], () => `file ${name}`);
        if (isHeldForWriting(file.lock)) continue;
        touchedFiles.delete(name);
        if (file.keeps === "xarray")
          report(step, `file ${name}`, storeBreaches(file, ledger.notifiers.values()));
      }
    },
  };
}
