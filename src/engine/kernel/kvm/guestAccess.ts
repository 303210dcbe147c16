// SPDX-License-Identifier: GPL-2.0-only
// A vCPU reads or writes one page of guest memory: from its TLB, by walking the tables, or by way of a fault.
//
// Models    what the hardware does in guest mode, and vcpu_run() around it
// Left out  a signal that throws a vCPU out in the middle of the guest; the guest's own tables, caches for upper levels of the walk. A viewer sees every entry read.

import { fail, OK, type Result } from "../../errno.ts";
import { call, type Path, step, stepWhen } from "../../sim/gate.ts";
import type { Gfn, Pfn } from "../../units.ts";
import { generationOf } from "../shmem/frames.ts";
import { setTag, tagOf, writerOf, writerTag } from "../shmem/tags.ts";
import type { Leaf } from "../tdp/level.ts";
import { tdpGfnEnd } from "../tdp/tables.ts";
import { tlbFill, tlbFind } from "../tdp/tlb.ts";
import { tdpWalk } from "../tdp/walk.ts";
import { type KvmEnv, vmOf } from "./env.ts";
import type { ExitReason } from "./guestEvents.ts";
import type { Kvm } from "./kvm.ts";
import { kvmTdpPageFault } from "./pageFault.ts";
import { enterGuestMode, type Vcpu, vcpuName, vcpuOf } from "./vcpu.ts";

export interface GuestAccess {
  readonly vm: string;
  readonly vcpu: number;
  readonly gfn: Gfn;
  readonly does: "read" | "write";
}

/**
 * vCPU `vcpu` of `vm` reads or writes a page of `gfn`. A write leaves the VM's name on the page.
 *
 * Gates:   entering the guest; a TLB hit is one step, a walk one for each level; a fault has its own, and then the
 *          access begins again.
 * Context: no lock is held in guest mode, nor while a fault waits to be tried again.
 * Returns: EIO of a VM that is dead; EINTR where a signal waits at the entry to the guest, also of a vCPU whose fault is
 *          sent back for ever; EINVAL where an ordinary slot holds the gfn, or the tables do not reach it. A gfn in
 *          no slot is OK: user space emulates a device there.
 */
export function* guestAccess(env: KvmEnv, access: GuestAccess): Path<Result> {
  const kvm = vmOf(env, access.vm);
  const vcpu = vcpuOf(kvm, access.vcpu);
  const { gfn } = access;
  let worthwhile: (() => boolean) | null = null;
  // What is known here beyond the world is one predicate: the loop begins anew from what the tables say.
  for (;;) {
    const entry = yield* enterGuest(env, kvm, vcpu, worthwhile);
    if (entry !== "entered") return fail(REFUSED[entry]);
    worthwhile = null;
    const walked = yield* accessOrWalk(env, kvm, vcpu, access);
    if (walked === "done") return OK;
    if (walked === "dead" || walked === "signal") return fail(REFUSED[walked]);
    if (walked === "beyond") return fail("EINVAL");
    // Kicked between two reads: the access was not made, and begins again.
    if (walked === "left") continue;
    const outcome = yield* call("vcpu: KVM handles the fault", kvmTdpPageFault(env, kvm, vcpu, gfn));
    switch (outcome.is) {
      case "fixed":
        leave(vcpu);
        break;
      case "retry":
        vcpu.state = "retrying";
        worthwhile = outcome.worthwhile;
        break;
      case "mmio":
        exit(env, kvm, vcpu, "mmio", gfn);
        return OK;
      case "refused":
        leave(vcpu);
        return fail(outcome.errno);
    }
  }
}

/** What KVM_RUN comes to at the entry to the guest. */
type Entry = "entered" | "dead" | "signal";

const REFUSED = { dead: "EIO", signal: "EINTR" } as const;

/**
 * Into the guest, if it is not there. `worthwhile` is given after a fault that was sent back: the guest would fault again
 * and again, and the steps begin where that could end otherwise.
 */
function* enterGuest(env: KvmEnv, kvm: Kvm, vcpu: Vcpu, worthwhile: (() => boolean) | null): Path<Entry> {
  if (vcpu.state === "guest") return "entered";
  const act = () => entered(env, kvm, vcpu);
  return worthwhile === null
    ? yield* step("vcpu: enter the guest", act)
    : yield* stepWhen(
        "vcpu: back to the guest, to fault again",
        () => kvm.bugged || env.signalPending() || worthwhile(),
        act,
      );
}

/** vcpu_enter_guest(): with what was asked for meanwhile done first. */
function entered(env: KvmEnv, kvm: Kvm, vcpu: Vcpu): Entry {
  const refused = kvm.bugged ? "dead" : env.signalPending() ? "signal" : null;
  if (refused !== null) {
    // A VM that has died under its vCPU has thrown it out, and has told so.
    if (vcpu.exit !== "dead") exit(env, kvm, vcpu, refused, null);
    return refused;
  }
  const flushed = enterGuestMode(vcpu);
  env.emit({ type: "vcpu.entered", vm: kvm.name, vcpu: vcpuName(kvm, vcpu), flushed });
  return "entered";
}

/**
 * Makes the access through the TLB or the tables, or finds no leaf (`fault`), or was kicked out on the way and has entered
 * again (`left`), which a vCPU of a VM that is `dead` cannot, nor one for which a `signal` waits. `beyond`: the tables do not reach the gfn.
 */
function* accessOrWalk(
  env: KvmEnv,
  kvm: Kvm,
  vcpu: Vcpu,
  access: GuestAccess,
): Path<"done" | "fault" | "left" | "dead" | "signal" | "beyond"> {
  const { gfn } = access;
  const name = { vm: kvm.name, vcpu: vcpuName(kvm, vcpu), gfn };
  for (let depth = 0; ; depth++) {
    const at = yield* step("vcpu: look in the TLB, then read the next entry of the tables", () => {
      if (vcpu.state !== "guest") {
        const entry = entered(env, kvm, vcpu);
        return entry === "entered" ? "left" : entry;
      }
      if (gfn >= tdpGfnEnd(kvm.tdp)) return "beyond";
      const cached = depth === 0 ? tlbFind(vcpu.tlb, gfn) : null;
      if (cached !== null) return accessPage(env, kvm, vcpu, access, cached, "tlb");
      // The tables may have changed since the entry before was read; what counts is what stands there now.
      const reads = tdpWalk(kvm.tdp, gfn);
      const read = reads[Math.min(depth, reads.length - 1)];
      if (read === undefined) return "left";
      env.emit({ type: "guest.walked", ...name, level: read.level, index: read.index, found: read.found });
      if (read.found === "table") return "deeper";
      if (read.leaf === null) {
        vcpu.state = "fault";
        vcpu.exit = "violation";
        vcpu.fault = { gfn, seq: null };
        env.emit({ type: "vcpu.exited", ...name, reason: "violation" });
        return "fault";
      }
      tlbFill(vcpu.tlb, read.leaf);
      return accessPage(env, kvm, vcpu, access, read.leaf, "tables");
    });
    if (at !== "deeper") return at;
  }
}

/** The guest reads or writes through `leaf`, whatever has become of the page behind it. */
function accessPage(
  env: KvmEnv,
  kvm: Kvm,
  vcpu: Vcpu,
  { gfn, does }: GuestAccess,
  leaf: Leaf,
  via: "tlb" | "tables",
): "done" {
  const { memory } = env;
  const pfn = (leaf.pfn + gfn - leaf.gfn) as Pfn;
  const stale = generationOf(memory, pfn) !== leaf.generation;
  const what = { vm: kvm.name, vcpu: vcpuName(kvm, vcpu), gfn, pfn, stale, via };
  if (does === "read") env.emit({ type: "guest.read", ...what, tag: writerOf(memory, tagOf(memory, pfn)) });
  else {
    setTag(memory, pfn, writerTag(memory, kvm.name));
    env.emit({ type: "guest.wrote", ...what, tag: kvm.name });
  }
  return "done";
}

/** The fault is over, one way or another; out of the guest it was all along. */
function leave(vcpu: Vcpu): void {
  vcpu.state = "out";
  vcpu.fault = null;
}

function exit(env: KvmEnv, kvm: Kvm, vcpu: Vcpu, reason: ExitReason, gfn: number | null): void {
  leave(vcpu);
  vcpu.exit = reason;
  env.emit({ type: "vcpu.exited", vm: kvm.name, vcpu: vcpuName(kvm, vcpu), reason, gfn });
}
