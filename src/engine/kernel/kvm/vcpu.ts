// SPDX-License-Identifier: GPL-2.0-only
// A vCPU: where it is, what it has cached, what it was asked for.
//
// Models    struct kvm_vcpu, as far as guest mappings go
// Left out  halting, interrupts for the guest, preemption. A vCPU leaves the guest to fault, or when it is kicked.

import { present } from "../../assert.ts";
import { copyTlb, newTlb, type Tlb, tlbFlush } from "../tdp/tlb.ts";
import type { ExitReason } from "./guestEvents.ts";

/** Plain data. */
export interface Vcpu {
  readonly id: number;
  /**
   * `out`: not in the guest and not on the way there. `guest`: in guest mode, where it may use its translations.
   * `fault`: KVM handles its page fault. `retrying`: the fault was sent back, and nothing has changed since.
   */
  state: "out" | "guest" | "fault" | "retrying";
  /** Why it left the guest last; null if it never was there. */
  exit: ExitReason | null;
  /** The gfn that it faults on, and its snapshot of mmu_invalidate_seq; null outside of a fault. */
  fault: { readonly gfn: number; readonly seq: number | null } | null;
  /** KVM_REQ_TLB_FLUSH: to be done before it enters the guest again. */
  flushRequested: boolean;
  tlb: Tlb;
}

/** What is looked at of its VM. */
interface Owner {
  readonly name: string;
  readonly vcpus: readonly Vcpu[];
}

export const newVcpu = (id: number): Vcpu => ({
  id,
  ...{ state: "out", exit: null, fault: null, flushRequested: false },
  tlb: newTlb(),
});

export const copyVcpu = (vcpu: Vcpu): Vcpu => ({ ...vcpu, tlb: copyTlb(vcpu.tlb) });

export const vcpuOf = (kvm: Owner, id: number): Vcpu =>
  present(kvm.vcpus[id], () => `vCPU ${id} of ${kvm.name}`);

/** `vm0/vcpu0`: how events name it. */
export const vcpuName = (kvm: Pick<Owner, "name">, vcpu: Vcpu) => `${kvm.name}/vcpu${vcpu.id}`;

/** Into guest mode. A flush that was asked for comes first: until here nobody used what it drops. Returns how many. */
export function enterGuestMode(vcpu: Vcpu): number {
  const flushed = vcpu.flushRequested ? tlbFlush(vcpu.tlb) : 0;
  vcpu.flushRequested = false;
  vcpu.state = "guest";
  vcpu.fault = null;
  return flushed;
}
