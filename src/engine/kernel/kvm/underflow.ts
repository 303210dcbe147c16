// SPDX-License-Identifier: GPL-2.0-only
// A count below zero: an end came that had no start. What then happens hangs on the kernel's age (T-b2).

import { type Path, stepWhen } from "../../sim/gate.ts";
import type { KvmEnv } from "./env.ts";
import type { Kvm } from "./kvm.ts";
import { vcpuName } from "./vcpu.ts";

/**
 * KVM_BUG_ON() in mmu_invalidate_end() of newer kernels: the VM is given up, its vCPUs leave the guest, and all its calls
 * answer -EIO. Context: mmu_lock held for writing.
 */
export function vmBugOnUnderflow(env: KvmEnv, kvm: Kvm): void {
  if (kvm.underflow !== "vmBug" || kvm.mmuInvalidateInProgress >= 0 || kvm.bugged) return;
  kvm.bugged = true;
  env.emit({ type: "vm.bugged", vm: kvm.name, count: kvm.mmuInvalidateInProgress });
  for (const vcpu of kvm.vcpus) {
    if (vcpu.state !== "guest") continue;
    vcpu.state = "out";
    vcpu.exit = "dead";
    env.emit({
      type: "vcpu.exited",
      vm: kvm.name,
      vcpu: vcpuName(kvm, vcpu),
      reason: "dead",
      gfn: null,
    });
  }
}

/**
 * BUG_ON() in the 6.1-era end of an ordinary notifier, the last that it does: the host stops, and nothing runs any more.
 * mmu_lock has been given back by then. Context: no lock of this VM held. Gates: none, or one that never opens.
 */
export function* hostBugOnUnderflow(env: KvmEnv, kvm: Kvm): Path<void> {
  if (kvm.underflow !== "hostBug" || kvm.mmuInvalidateInProgress >= 0) return;
  kvm.stoppedHost = true;
  env.emit({ type: "host.stopped", vm: kvm.name, count: kvm.mmuInvalidateInProgress });
  yield* stepWhen(
    "kvm: the host has stopped at BUG()",
    () => false,
    () => {},
  );
}
