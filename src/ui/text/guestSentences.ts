// SPDX-License-Identifier: GPL-2.0-only
// Sentences for what vCPUs do, for their faults, and for the pages and leaves that come of them.

import { errnoText } from "./names.ts";
import { countText, indexText, listText } from "./number.ts";
import type { Of, Told } from "./told.ts";

/** Into guest mode, after what was asked for meanwhile. */
export const vcpuEntered = ({ vcpu, flushed }: Of<"vcpu.entered">): string =>
  flushed > 0
    ? `${vcpu} drops ${countText(flushed, "cached translation")} and enters the guest.`
    : `${vcpu} enters the guest.`;

/** Out of guest mode, and why. */
export function vcpuExited({ vcpu, reason, gfn }: Of<"vcpu.exited">): string {
  switch (reason) {
    case "violation":
      return `${vcpu} leaves the guest: the tables map nothing at gfn ${gfn}.`;
    case "kick":
      return `${vcpu} is kicked out of the guest; it will flush before it enters again.`;
    case "mmio":
      return `${vcpu} exits to user space: no memslot holds gfn ${gfn}, so it is taken for a device.`;
    case "signal":
      return `${vcpu} exits with -EINTR: a signal waits for its task.`;
    case "dead":
      return `${vcpu} exits with -EIO: its VM is dead.`;
  }
}

/** `vm0/vcpu0 reads entry 18 at level 1: a leaf.` */
export const guestWalked = ({ vcpu, level, index, found }: Of<"guest.walked">): string =>
  `${vcpu} reads entry ${index} of the level ${level} table: ${WALKED[found]}.`;

const WALKED = { none: "not present", table: "the table below", leaf: "a leaf" } as const;

/** What the guest finds on the page, and whose it is. */
export function guestRead({ vcpu, gfn, pfn, tag, stale, via }: Of<"guest.read">): string {
  const what = tag === null ? "zeroes" : `what ${tag} wrote`;
  return `${vcpu} reads gfn ${gfn}${via === "tlb" ? " through its TLB" : ""} and finds ${what}${staleNote(pfn, stale)}.`;
}

/** Whose page the guest writes. */
export const guestWrote = ({ vcpu, gfn, pfn, stale, via }: Of<"guest.wrote">): string =>
  `${vcpu} writes gfn ${gfn}${via === "tlb" ? " through its TLB" : ""}${staleNote(pfn, stale)}.`;

const staleNote = (pfn: number, stale: boolean) =>
  stale ? `: pfn ${pfn} was freed, and is no page of its file any more` : "";

/** The snapshot comes first. */
export const faultBegun = ({ vcpu, gfn, seq }: Of<"fault.begun">): string =>
  `${vcpu} faults on gfn ${gfn}: KVM notes mmu_invalidate_seq = ${seq}.`;

/** RET_PF_RETRY. */
export const faultRetried = ({ vcpu, gfn, because }: Of<"fault.retried">): string =>
  `${vcpu} has to fault again on gfn ${gfn}: ${because in RETRIED ? RETRIED[because as keyof typeof RETRIED] : `${because === "EINVAL" ? "the page is not bound" : "the file gives no page"}, -${because}, and any error counts as "try again"`}.`;

const RETRIED = {
  count: "a bracket is open and covers it",
  seq: "a bracket has ended since its snapshot",
  slot: "its memslot is being deleted",
} as const;

/** RET_PF_SPURIOUS. */
export const faultSpurious = ({ vcpu, gfn }: Of<"fault.spurious">): string =>
  `${vcpu} finds gfn ${gfn} mapped already.`;

/** The file gave a page. */
export const pageGot = ({ file, index, pfn, order, refs }: Of<"page.got">, { task }: Told): string =>
  `${task} gets page ${index} of ${file}: pfn ${pfn}${ORDERS[order] ?? ""}, now with ${countText(refs, "reference")}.`;

const ORDERS: Readonly<Record<number, string>> = { 9: ", in a folio of 2 MiB", 18: ", in a folio of 1 GiB" };

/** The file gave none. */
export const pageRefused = ({ file, index, errno }: Of<"page.refused">, { task }: Told): string =>
  `${task} gets no page ${indexText(index)} of ${file}: ${errnoText(errno)}.`;

/** A reference went; with the last one, the page. */
export const pagePut = ({ file, index, pfn, refs }: Of<"page.put">, { task }: Told): string =>
  refs === 0
    ? `${task} drops the last reference: pfn ${pfn}, once page ${index} of ${file}, is free.`
    : `${task} gives its reference to pfn ${pfn} back.`;

/** A leaf is present from now on. */
export function spteInstalled({ vcpu, gfn, level, pfn, linked, replaced }: Of<"spte.installed">): string {
  const size = { 1: "4 KiB", 2: "2 MiB", 3: "1 GiB" }[level] ?? "";
  const tables = linked.length === 0 ? "" : `, under ${countText(linked.length, "new table")}`;
  const instead =
    replaced === 0 ? "" : `, in place of ${countText(replaced, "smaller leaf", "smaller leaves")}`;
  return `${vcpu} maps gfn ${gfn} to pfn ${pfn} with a leaf of ${size}${tables}${instead}.`;
}

/** The request, and who is waited for. */
export function tlbRequested({ vm, kicked }: Of<"tlb.requested">, { task }: Told): string {
  const asks = `${task} asks every vCPU of ${vm} to flush its TLB`;
  return kicked.length === 0
    ? `${asks}; none is in the guest, so nobody has to be waited for.`
    : `${asks} and kicks ${listText(kicked)}.`;
}

/** Underflow with the policy vmBug. */
export const vmBugged = ({ vm, count }: Of<"vm.bugged">, { task }: Told): string =>
  `${task} finds mmu_invalidate_in_progress of ${vm} at ${count}: the VM is dead, its calls answer -EIO.`;

/** Underflow with the policy hostBug. */
export const hostStopped = ({ vm, count }: Of<"host.stopped">, { task }: Told): string =>
  `${task} finds mmu_invalidate_in_progress of ${vm} at ${count} and hits BUG(): the host stops, and nothing runs any more.`;
