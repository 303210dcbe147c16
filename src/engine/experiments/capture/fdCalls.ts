// SPDX-License-Identifier: GPL-2.0-only
// close, close_range, dup and its kin, fcntl: descriptors that come and go.
//
// Mappings of a file, and what was made of a VM, outlive the descriptor.

import { type Call, type CallReader, NOT_OURS, type Outcome, ours, succeeded } from "./call.ts";
import { find, isOurs, setDescriptor, targetOf, withoutDescriptors } from "./descriptors.ts";
import type { FdTable } from "./processes.ts";
import { rangesIn, withoutRange, withRange } from "./ranges.ts";
import { fdOf, flagsOf, integerOf } from "./values.ts";
import type { Vmm } from "./vmm.ts";

/** `close(fd) = 0`. */
export const close: CallReader = (_vmm, call) => {
  const fd = fdOf(call.args[0]);
  if (fd === null) return NOT_OURS;
  return released(call, isOurs(find(call.open, fd)), () => closeAll(call.caller.table, fd, fd, call.begun));
};

/** `close_range(first, last, flags) = 0`. */
export const closeRange: CallReader = (_vmm, call) => {
  const flags = flagsOf(call.args[2], CLOSE_RANGE) ?? 0;
  const first = integerOf(call.args[0]);
  const to = call.args[1] === "~0U" ? FD_MAX : integerOf(call.args[1]);
  if (first === null || to === null || first < 0n || first > to || first > FD_MAX) return NOT_OURS;
  return closedBetween(call, Number(first), Number(to < FD_MAX ? to : FD_MAX), flags);
};

function closedBetween(call: Call, first: number, last: number, flags: number): Outcome {
  const { caller } = call;
  return released(call, holdsOurs(caller.table, first, last), () => {
    if ((flags & CLOSE_RANGE.CLOSE_RANGE_UNSHARE) !== 0) caller.table = { ...caller.table };
    if ((flags & CLOSE_RANGE.CLOSE_RANGE_CLOEXEC) !== 0) closeOnExec(caller.table, first, last);
    else closeAll(caller.table, first, last, call.begun);
  });
}

const CLOSE_RANGE = { CLOSE_RANGE_UNSHARE: 2, CLOSE_RANGE_CLOEXEC: 4 };
const FD_MAX = 2n ** 31n - 1n;

/** `dup(fd) = fd2`. */
export const dup: CallReader = (vmm, call) => duplicated(vmm, call, false);
/** `dup2(fd, fd2) = fd2`, which closes `fd2` first. */
export const dup2 = dup;
/** `dup3(fd, fd2, flags) = fd2`. */
export const dup3: CallReader = (vmm, call) =>
  duplicated(vmm, call, flagsOf(call.args[2], DUP3) === DUP3.O_CLOEXEC);

const DUP3 = { O_CLOEXEC: 0x8_0000 };

/** `fcntl(fd, command, ...)`: the commands that duplicate, and the one that marks a descriptor for execve. */
export const fcntl: CallReader = (vmm, call) => {
  const command = flagsOf(call.args[1], FCNTL);
  if (command === FCNTL.F_DUPFD) return duplicated(vmm, call, false);
  if (command === FCNTL.F_DUPFD_CLOEXEC) return duplicated(vmm, call, true);
  const fd = fdOf(call.args[0]);
  if (command === FCNTL.F_SETFD && succeeded(call) && fd !== null) {
    const target = find(call.caller.table.open, fd);
    const marked = ((flagsOf(call.args[2], { FD_CLOEXEC: 1 }) ?? 0) & 1) === 1;
    if (target !== null) setDescriptor(call, fd, target, marked);
  }
  return NOT_OURS;
};

const FCNTL = { F_DUPFD: 0, F_SETFD: 2, F_DUPFD_CLOEXEC: 1030 };

function duplicated(vmm: Vmm, call: Call, onExec: boolean): Outcome {
  const target = targetOf(vmm, call, call.args[0]);
  const fd = fdOf(call.result);
  const replaced = fd === null ? null : find(call.caller.table.open, fd);
  const take = () => {
    if (fd === null) return "its result is not a file descriptor";
    // dup2() of a descriptor to itself leaves it as it is.
    if (fd !== fdOf(call.args[0])) setDescriptor(call, fd, target, onExec);
    return null;
  };
  if (isOurs(target) || isOurs(replaced)) return ours(call, take);
  if (succeeded(call)) take();
  return NOT_OURS;
}

/** A call that takes descriptors away, of which some are ours or none. */
function released(call: Call, areOurs: boolean, take: () => void): Outcome {
  if (areOurs) {
    return ours(call, () => {
      take();
      return null;
    });
  }
  if (succeeded(call)) take();
  return NOT_OURS;
}

function closeAll(table: FdTable, first: number, last: number, before: number) {
  table.open = withoutDescriptors(table.open, first, last, before);
}

function closeOnExec(table: FdTable, first: number, last: number) {
  let { closedOnExec } = table.open;
  for (const range of rangesIn(table.open.kept, first, last + 1))
    closedOnExec = withRange(closedOnExec, range);
  table.open = { kept: withoutRange(table.open.kept, first, last + 1), closedOnExec };
}

/** Looks at no more descriptors than a process has files open, so that many such calls cost no more than their lines. */
function holdsOurs({ open }: FdTable, first: number, last: number): boolean {
  let looks = 256;
  for (const targets of [open.kept, open.closedOnExec]) {
    for (const { value } of rangesIn(targets, first, last + 1)) {
      if (isOurs(value)) return true;
      if (looks-- === 0) return false;
    }
  }
  return false;
}
