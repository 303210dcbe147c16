// SPDX-License-Identifier: GPL-2.0-only
// What a printed descriptor leads to: by the calls that made it and, where -y shows a path, by that.
//
// -y outranks the calls: a log that was filtered, or that began late, shows descriptors it has not seen opened. A memfd
// or a VM shown that way is taken over at first sight.

import type { Call } from "./call.ts";
import { addByPath, addMemfd, type CapturedFile } from "./file.ts";
import type { Descriptors, FdTarget } from "./processes.ts";
import { type Ranges, rangeAt, withoutRange, withRange } from "./ranges.ts";
import { fdOf, shownPath } from "./values.ts";
import { addVm, type Vmm } from "./vmm.ts";

/** What descriptor `text` of `call` leads to; null where it is nothing of ours. */
export function targetOf(vmm: Vmm, call: Call, text: string | undefined): FdTarget | null {
  const fd = fdOf(text);
  if (fd === null) return null;
  const known = find(call.open, fd) ?? find(call.caller.table.open, fd);
  const path = shownPath(text);
  if (path === null || leadsTo(known, path)) return known;
  const target = adopted(vmm, path);
  if (target !== null) setDescriptor(call, fd, target, false);
  return target;
}

/** The file behind descriptor `text`, guest memory or not. */
export function fileOf(vmm: Vmm, call: Call, text: string | undefined): CapturedFile | null {
  const target = targetOf(vmm, call, text);
  return target?.kind === "file" ? target.file : null;
}

/** Descriptor `fd` leads to `target` from now on, or to nothing of ours. */
export function setDescriptor(
  { caller, ended }: Call,
  fd: number,
  target: FdTarget | null,
  onExec: boolean,
): void {
  const { kept, closedOnExec } = withoutDescriptors(caller.table.open, fd, fd);
  caller.table.open = {
    kept: target === null || onExec ? kept : withTarget(kept, fd, target, ended),
    closedOnExec: target !== null && onExec ? withTarget(closedOnExec, fd, target, ended) : closedOnExec,
  };
}

const withTarget = (targets: Ranges<FdTarget>, fd: number, value: FdTarget, since: number) =>
  withRange(targets, { start: fd, end: fd + 1, value, since });

/** Without descriptors `first` to `last` that were there before line `before`. */
export const withoutDescriptors = (
  { kept, closedOnExec }: Descriptors,
  first: number,
  last: number,
  before?: number,
): Descriptors => ({
  kept: withoutRange(kept, first, last + 1, before),
  closedOnExec: withoutRange(closedOnExec, first, last + 1, before),
});

/** What the calls of the log make of descriptor `fd`. */
export const find = ({ kept, closedOnExec }: Descriptors, fd: number): FdTarget | null =>
  (rangeAt(kept, fd) ?? rangeAt(closedOnExec, fd))?.value ?? null;

/** True where that speaks of guest memory. */
export const isOurs = (target: FdTarget | null) =>
  target !== null && (target.kind === "vm" || target.file.index !== null);

const VM = "anon_inode:kvm-vm";
const isMemfd = (path: string) => path.startsWith("/memfd:");

/** A file that no line has shown the path of takes the first that fits its kind. */
function leadsTo(target: FdTarget | null, path: string): boolean {
  if (target === null) return false;
  if (target.kind === "vm") return path === VM;
  const { file } = target;
  if (isMemfd(path) !== (file.kind === "memfd") || !path.startsWith("/")) return false;
  file.path ??= path;
  return file.path === path;
}

function adopted(vmm: Vmm, path: string): FdTarget | null {
  if (path === VM) return { kind: "vm", index: addVm(vmm) };
  if (isMemfd(path)) return { kind: "file", file: addMemfd(vmm, path, false) };
  return path.startsWith("/") && !isDevice(path) ? { kind: "file", file: fileByPath(vmm, path) } : null;
}

/** The file that was opened under the absolute path `path`. */
export const fileByPath = (vmm: Vmm, path: string): CapturedFile =>
  vmm.byPath.get(path) ?? addByPath(vmm, path);

/** Devices are mapped shared and writable too: GPUs, passed-through cards. Not those on which guest memory lies. */
export const isDevice = (path: string) => /^\/(?:dev\/(?!shm\/|huge|dax)|sys\/|proc\/)/.test(path);
