// SPDX-License-Identifier: GPL-2.0-only
// What vCPUs and their faults tell. A vCPU is named `vm0/vcpu0`. gfns and pfns are single pages.

import type { Errno } from "../../errno.ts";

interface OfVcpu {
  readonly vm: string;
  readonly vcpu: string;
}

/** Why a vCPU left the guest. All but `violation` and `kick` bring it back to user space. */
export type ExitReason =
  /** The tables have no leaf for the gfn: KVM has to handle a page fault. */
  | "violation"
  /** Another CPU asked for a flush and waits. */
  | "kick"
  /** No memslot holds the gfn: user space emulates a device. */
  | "mmio"
  /** A signal waits for its task, and is seen before the guest is entered: KVM_RUN answers -EINTR. */
  | "signal"
  /** The VM is dead (underflow policy vmBug): KVM_RUN answers -EIO. */
  | "dead";

/** Why a fault goes back to the guest without having mapped anything (RET_PF_RETRY). */
export type RetryReason =
  /** A bracket is open and the tracked range reaches the gfn. */
  | "count"
  /** A bracket has ended since the snapshot. */
  | "seq"
  /** The memslot is being deleted. */
  | "slot"
  /** The file has no page for it, with this answer (T-q). */
  | Errno;

export type GuestEvent =
  /** Into guest mode; a pending flush is done first, and dropped so many translations. */
  | ({ type: "vcpu.entered"; flushed: number } & OfVcpu)
  | ({ type: "vcpu.exited"; reason: ExitReason; gfn: number | null } & OfVcpu)
  /** The hardware read one entry on its way to the leaf. */
  | ({
      type: "guest.walked";
      gfn: number;
      level: number;
      index: number;
      found: "none" | "table" | "leaf";
    } & OfVcpu)
  /** The guest has read a page: `tag` names who wrote it last, null where nobody has. */
  | ({ type: "guest.read"; tag: string | null } & Access & OfVcpu)
  /** The guest has written a page, which says so from now on. */
  | ({ type: "guest.wrote"; tag: string } & Access & OfVcpu)
  /** A fault has taken its snapshot of mmu_invalidate_seq. */
  | ({ type: "fault.begun"; gfn: number; seq: number } & OfVcpu)
  | ({ type: "fault.retried"; gfn: number; because: RetryReason } & OfVcpu)
  /** The file gave page `index`; `refs` counts the fault's own reference. */
  | { type: "page.got"; file: string; index: number; pfn: number; order: number; refs: number }
  | { type: "page.refused"; file: string; index: number; errno: Errno }
  /** A reference was given up; at 0 the page is free. */
  | { type: "page.put"; file: string; index: number; pfn: number; refs: number }
  /** A leaf was made present. `linked`: levels of tables that had to be made; `replaced`: smaller leaves it stands for. */
  | ({
      type: "spte.installed";
      gfn: number;
      level: number;
      pfn: number;
      generation: number;
      linked: readonly number[];
      replaced: number;
    } & OfVcpu)
  /** Another vCPU has installed the leaf meanwhile; nothing is left to do (RET_PF_SPURIOUS). */
  | ({ type: "fault.spurious"; gfn: number } & OfVcpu)
  /** Every vCPU was asked to flush; those in guest mode are kicked, and waited for. */
  | { type: "tlb.requested"; vm: string; vcpus: readonly string[]; kicked: readonly string[] }
  /** An end found the count below zero, and the policy is to give the VM up. */
  | { type: "vm.bugged"; vm: string; count: number }
  /** An ordinary notifier's end found the count below zero, and the policy is to stop the host. */
  | { type: "host.stopped"; vm: string; count: number };

interface Access {
  readonly gfn: number;
  readonly pfn: number;
  /** The page was freed since the translation was made. */
  readonly stale: boolean;
  readonly via: "tlb" | "tables";
}
