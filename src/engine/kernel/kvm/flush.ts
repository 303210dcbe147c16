// SPDX-License-Identifier: GPL-2.0-only
// Every vCPU of a VM drops its cached translations, or cannot use them before it does.
//
// Models    kvm_flush_remote_tlbs(), kvm_make_all_cpus_request() in virt/kvm/kvm_main.c
// Left out  flushes of a range (only with a Hyper-V host); the host CPUs that vCPUs run on.

import { type Path, step } from "../../sim/gate.ts";
import type { KvmEnv } from "./env.ts";
import type { Kvm } from "./kvm.ts";
import { vcpuName } from "./vcpu.ts";

/**
 * Asks every vCPU of `kvm` for a flush, and waits until those in guest mode have left it: they flush before they enter
 * again, as do the others. When it returns, nobody uses a translation from before.
 *
 * Context: mmu_lock held. Waits for no vCPU that is not in the guest (I25).
 * Gates:   the request; one for each vCPU that was in the guest.
 */
export function* kvmFlushRemoteTlbs(env: KvmEnv, kvm: Kvm): Path<void> {
  if (env.omit.has("flush")) return;
  const flushed = () => env.emit({ type: "tlb.flushed", vm: kvm.name });
  const kicked = yield* step("kvm: ask every vCPU to flush, kick those in the guest", () => {
    const running = kvm.vcpus.filter((vcpu) => vcpu.state === "guest");
    for (const vcpu of kvm.vcpus) vcpu.flushRequested = true;
    if (kvm.vcpus.length > 0)
      env.emit({
        type: "tlb.requested",
        vm: kvm.name,
        vcpus: kvm.vcpus.map((vcpu) => vcpuName(kvm, vcpu)),
        kicked: running.map((vcpu) => vcpuName(kvm, vcpu)),
      });
    if (running.length === 0) flushed();
    return running;
  });
  let left = kicked.length;
  for (const vcpu of kicked)
    yield* step("kvm: wait until the kicked vCPU has left the guest", () => {
      left--;
      // It may have left by itself, for a fault.
      if (vcpu.state === "guest") {
        vcpu.state = "out";
        vcpu.exit = "kick";
        env.emit({
          type: "vcpu.exited",
          vm: kvm.name,
          vcpu: vcpuName(kvm, vcpu),
          reason: "kick",
          gfn: null,
        });
      }
      if (left === 0) flushed();
    });
}
