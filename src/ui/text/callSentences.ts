// SPDX-License-Identifier: GPL-2.0-only
// Sentences for the way into the kernel and out of it, with the reason where an errno comes back.

import { type Errno, modeText } from "../../engine/index.ts";
import { errnoText, operationOf, slotText } from "./names.ts";
import { numberText, rangeText } from "./number.ts";
import { extentText, regionText } from "./operation.ts";
import { NOT_OPEN, syscallReason } from "./syscallSentences.ts";
import { before, latest, type Of, type Told } from "./told.ts";
import { variantName } from "./variant.ts";

/** `P calls fallocate(KEEP_SIZE|PUNCH_HOLE) on f0, pages [18,22).` */
export const fallocateEntered = (event: Of<"fallocate.entered">, { task }: Told): string =>
  `${task} calls fallocate(${modeText(event.mode)}) on ${event.file}, ${extentText(event.offset, event.len)}.`;

/** A memory region is set; no pages delete the slot. */
export function regionEntered(event: Of<"region.entered">, { task, play }: Told): string {
  const { gfn, pages, file, pgoff } = event;
  const slot = slotText(play, event.memslot);
  return gfn === null
    ? `${task} asks KVM to delete ${slot}.`
    : `${task} asks KVM for ${slot}: ${regionText(gfn, pages, file, pgoff ?? 0)}.`;
}

/** A module calls bind on its own. */
export const bindEntered = (event: Of<"bind.entered">, { task, play }: Told): string =>
  `${task} asks ${event.file} to bind pages ${rangeText(event.start, event.end)} to ${slotText(play, event.memslot)}, ` +
  `exclusive = ${event.exclusive}.`;

/** A module calls unbind on its own. */
export const unbindEntered = (event: Of<"unbind.entered">, { task, play }: Told): string =>
  `${task} asks ${event.file} to unbind pages ${rangeText(event.start, event.end)} from ${slotText(play, event.memslot)}.`;

/** The host takes user memory away. */
export const unmapEntered = ({ vm, start, end }: Of<"unmap.entered">, { task }: Told): string =>
  `${task} unmaps the user memory behind gfns ${rangeText(start, end)} of ${vm}.`;

/** A frame is bad, and a hole has none. */
export const poisonEntered = ({ file, index, pfn }: Of<"poison.entered">, { task }: Told): string =>
  pfn === null
    ? `${task} has no bad page: ${file} has a hole at page ${numberText(index)}.`
    : `${task} finds frame ${numberText(pfn)} bad, which is page ${numberText(index)} of ${file}: it stays where it is, mapped or not.`;

/** The design lacks the call. */
export const operationAbsent = (event: Of<"operation.absent">, { task, play }: Told): string =>
  `${task} finds no ${event.op} call: ${variantName(play.variant)} has none, and nothing changes.`;

/** What user space calls the operation that comes back, where that is another name. */
const CALLS: Partial<Record<Of<"operation.returned">["op"], string>> = {
  allocate: "fallocate",
  punch: "fallocate",
  createSlot: "KVM_SET_USER_MEMORY_REGION",
  deleteSlot: "KVM_SET_USER_MEMORY_REGION",
  map: "guest access",
  guestRead: "guest access",
  guestWrite: "guest access",
  mmuNotifier: "the mmu notifier",
  poison: "memory_failure",
  bind: "restrictedmem_bind",
  unbind: "restrictedmem_unbind",
};

/** `P returns 0 from fallocate.`, or the errno and why. */
export function operationReturned(event: Of<"operation.returned">, told: Told): string {
  const { task, step } = told;
  const from = CALLS[event.op] ?? event.op;
  if (event.errno !== null)
    return `${task} returns ${errnoText(event.errno)} from ${from}: ${reason(event, event.errno, told)}.`;
  if (step.events.some(({ type }) => type === "operation.absent")) return `${task} goes on without it.`;
  if (from === "guest access") return `${task} is done with the guest access.`;
  return `${task} returns ${event.op === "unbind" || event.op === "poison" ? "" : "0 "}from ${from}.`;
}

function reason(event: Of<"operation.returned">, errno: Errno, told: Told): string {
  const slot = slotName(told);
  if (errno === "EIO") return "the VM is dead";
  switch (event.op) {
    case "createSlot":
      if (errno === "EEXIST") return "another slot holds some of these gfns";
      if (latest(told, event, "bind.refused")) return `${slot} is not created`;
      return latest(told, event, "slot.freed")
        ? "its gfns lie beyond what the VM can have, so what was done for it is undone"
        : `${slot} exists already, an argument is out of bounds or no whole pages, or its file is not open`;
    case "bind":
    case "unbind":
      return latest(told, event, "bind.refused")
        ? "nothing is bound"
        : `there is no ${slot}, or no such file`;
    case "deleteSlot":
      return `there is no ${slot}`;
    case "guestRead":
    case "guestWrite":
    case "mmuNotifier":
      return errno === "EINTR"
        ? "a signal waits for it"
        : "an ordinary slot holds the gfn, or no table reaches it";
    case "map":
      if (errno === "EFBIG") return "no file has so high a page";
      if (errno === "ENOMEM") return "the host has too few free pages";
      return errno === "ENOSPC"
        ? "the mount may hold no page more"
        : "no private slot holds all of these gfns";
    case "allocate":
    case "punch":
      return fallocateReason(event, errno, told);
    case "poison":
    case "signal":
      return "it cannot be sent";
    default:
      return syscallReason(event.op, errno);
  }
}

function fallocateReason(event: Of<"operation.returned">, errno: Errno, told: Told): string {
  if (errno === "EBADF") return NOT_OPEN;
  if (errno === "ENOMEM") return "the host has too few free pages, and none is added";
  if (errno === "ENOSPC") return "the mount may hold no page more, and none is added";
  if (errno === "EINTR") return "a signal came, and none is added";
  if (errno === "EFBIG") return "the range ends beyond 2^63 - 1 bytes";
  if (errno === "EOPNOTSUPP") return "the file supports no such mode";
  for (const earlier of before(told, event)) {
    if (earlier.type === "punch.begun") return "offset and length must be multiples of 4,096 bytes";
    if (earlier.type === "fallocate.entered" && (earlier.offset < 0n || earlier.len <= 0n))
      return "the offset is negative or the length is not positive";
  }
  return "these mode bits exclude each other";
}

/** The slot that the operation names. */
function slotName({ play, step }: Told): string {
  const operation = operationOf(play, step);
  if (operation === undefined) return "such slot";
  if ("slot" in operation) return slotText(play, `${operation.vm}/${operation.slot}`);
  return "notifier" in operation
    ? slotText(play, `${operation.notifier.vm}/${operation.notifier.slot}`)
    : "such slot";
}
