// SPDX-License-Identifier: GPL-2.0-only
// I1-I7, I16 and I17, held against the ledger, each in its scope. What nothing has touched since it last held is not
// looked at again.

import { present } from "../../../assert.ts";
import { isHeldForWriting } from "../../../kernel/sync/lock.ts";
import { enter, newLedger, type NotifierLedger, rest } from "./ledger.ts";
import type { Rule } from "./rule.ts";
import { storeBreaches } from "./store.ts";
import { notifierBreaches, vmBreaches } from "./vm.ts";

/** The rule for one run; `seqs` are the VMs' sequence numbers when the machine was made. */
export function bracketRule(seqs: ReadonlyMap<string, number>): Rule {
  const ledger = newLedger(seqs);
  const touchedVms = new Set<string>();
  /** VMs that had a bracket open while no operation was in flight: whether that is a breach hangs on the step alone. */
  const restless = new Set<string>();
  const touchedFiles = new Set<string>();
  const touchedNotifiers = new Set<NotifierLedger>();

  return {
    tell(task, event) {
      const { vms, files, notifiers } = enter(ledger, task, event);
      if (vms) for (const vm of vms) touchedVms.add(vm);
      if (files) for (const file of files) touchedFiles.add(file);
      if (notifiers) for (const notifier of notifiers) touchedNotifiers.add(notifier);
    },
    look(world, atRest, report) {
      if (atRest) {
        for (const notifier of rest(ledger)) touchedNotifiers.add(notifier);
        for (const name of ledger.vms.keys())
          if (present(world.vms[name], () => `VM ${name}`).mmuInvalidateInProgress !== 0) restless.add(name);
      }
      for (const name of restless) touchedVms.add(name);
      // After most steps nothing is to be looked at, and this is where long runs spend their time.
      if (touchedVms.size + touchedFiles.size + touchedNotifiers.size === 0) return;
      for (const notifier of touchedNotifiers) report(`notifier ${notifier.id}`, notifierBreaches(notifier));
      touchedNotifiers.clear();
      for (const name of touchedVms) {
        const kvm = present(world.vms[name], () => `VM ${name}`);
        if (isHeldForWriting(kvm.mmuLock)) continue;
        touchedVms.delete(name);
        const vm = present(ledger.vms.get(name), () => `VM ${name}`);
        report(`vm ${name}`, vmBreaches(kvm, vm, seqs.get(name) ?? 0, atRest));
      }
      for (const name of touchedFiles) {
        const file = world.files[name];
        if (file !== undefined && isHeldForWriting(file.lock)) continue;
        touchedFiles.delete(name);
        // A notifier may outlive a file that it was bound to: of that one nothing is left to break.
        if (file?.keeps === "xarray") report(`file ${name}`, storeBreaches(file, ledger.notifiers.values()));
      }
    },
  };
}
