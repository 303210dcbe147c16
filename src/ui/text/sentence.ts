// SPDX-License-Identifier: GPL-2.0-only
// One sentence for each event: present tense, its task the subject, a full stop at its end. Kernel identifiers
// stand as they do in C. Ranges are half-open throughout; number.ts says the rest. The switch has no default: an
// event without a sentence does not compile.

import type { LabEvent, Play } from "../../engine/index.ts";
import * as call from "./callSentences.ts";
import * as file from "./fileSentences.ts";
import * as guest from "./guestSentences.ts";
import * as kvm from "./kvmSentences.ts";
import * as lock from "./lockSentences.ts";
import type { LabStep } from "./names.ts";
import { syscallSentence } from "./syscallSentences.ts";
import { toldOf } from "./told.ts";

/** What `event` of `step` says. `step` is one of `play`'s own: the sentence may look back from there. */
export function sentence(event: LabEvent, step: LabStep, play: Play): string {
  const told = toldOf(play, step);
  switch (event.type) {
    case "fallocate.entered":
      return call.fallocateEntered(event, told);
    case "region.entered":
      return call.regionEntered(event, told);
    case "bind.entered":
      return call.bindEntered(event, told);
    case "unbind.entered":
      return call.unbindEntered(event, told);
    case "unmap.entered":
      return call.unmapEntered(event, told);
    case "poison.entered":
      return call.poisonEntered(event, told);
    case "operation.absent":
      return call.operationAbsent(event, told);
    case "operation.returned":
      return call.operationReturned(event, told);
    case "slot.visible":
      return kvm.slotVisible(event, told);
    case "slot.invisible":
      return kvm.slotInvisible(event, told);
    case "slot.freed":
      return kvm.slotFreed(event, told);
    case "notifier.start":
    case "notifier.end":
      return kvm.notifierCalled(event, told);
    case "bracket.begun":
      return kvm.bracketBegun(event, told);
    case "bracket.ended":
      return kvm.bracketEnded(event, told);
    case "spte.zapped":
      return kvm.spteZapped(event, told);
    case "tlb.flushed":
      return kvm.tlbFlushed(event, told);
    case "guest.mapped":
      return kvm.guestMapped(event, told);
    case "guest.refused":
      return kvm.guestRefused(event, told);
    case "vcpu.entered":
      return guest.vcpuEntered(event);
    case "vcpu.exited":
      return guest.vcpuExited(event);
    case "guest.walked":
      return guest.guestWalked(event);
    case "guest.read":
      return guest.guestRead(event);
    case "guest.wrote":
      return guest.guestWrote(event);
    case "fault.begun":
      return guest.faultBegun(event);
    case "fault.retried":
      return guest.faultRetried(event);
    case "fault.spurious":
      return guest.faultSpurious(event);
    case "page.got":
      return guest.pageGot(event, told);
    case "page.refused":
      return guest.pageRefused(event, told);
    case "page.put":
      return guest.pagePut(event, told);
    case "spte.installed":
      return guest.spteInstalled(event);
    case "tlb.requested":
      return guest.tlbRequested(event, told);
    case "vm.bugged":
      return guest.vmBugged(event, told);
    case "host.stopped":
      return guest.hostStopped(event, told);
    case "pages.assumed":
      return file.pagesAssumed(event);
    case "punch.begun":
      return file.punchBegun(event, told);
    case "walk.begun":
      return file.walkBegun(event, told);
    case "walk.ended":
      return file.walkEnded(event, told);
    case "list.read":
      return file.listRead(event, told);
    case "xarray.read":
      return file.xarrayRead(event, told);
    case "notifier.registered":
      return file.notifierRegistered(event, told);
    case "notifier.unregistered":
      return file.notifierUnregistered(event, told);
    case "notifier.bound":
      return file.notifierBound(event, told);
    case "notifier.unbound":
      return file.notifierUnbound(event, told);
    case "bind.refused":
      return file.bindRefused(event, told);
    case "inodes.searched":
      return file.inodesSearched(event, told);
    case "shmem.allocated":
      return file.shmemAllocated(event, told);
    case "shmem.punched":
      return file.shmemPunched(event, told);
    case "lock.waited":
      return lock.lockWaited(event, told);
    case "lock.taken":
      return lock.lockTaken(event, told);
    case "lock.released":
      return lock.lockReleased(event, told);
    case "srcu.entered":
      return lock.srcuEntered(event, told);
    case "srcu.left":
      return lock.srcuLeft(event, told);
    case "grace.elapsed":
      return lock.graceElapsed(event, told);
    case "syscall.entered":
    case "create.stepped":
    case "file.created":
    case "file.released":
    case "size.set":
    case "size.refused":
    case "stat.answered":
    case "signal.sent":
      return syscallSentence(event, told);
  }
}
