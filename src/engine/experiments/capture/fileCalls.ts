// SPDX-License-Identifier: GPL-2.0-only
// memfd_create, open and its kin, ftruncate and fallocate: the files that guest memory lies in.

import { isPageAligned, LOFF_MAX, pgoffOf } from "../../units.ts";
import { structFields } from "./args.ts";
import { type Call, type CallReader, NOT_OURS, type Outcome, ours, succeeded } from "./call.ts";
import { fileByPath, fileOf, isDevice, setDescriptor } from "./descriptors.ts";
import { addByPath, addMemfd, type CapturedFile, fileName, reaches } from "./file.ts";
import { fdOf, flagsOf, integerOf, shownPath } from "./values.ts";
import type { Vmm } from "./vmm.ts";

const MFD = { MFD_CLOEXEC: 1, MFD_HUGETLB: 4 };
const O = { O_EXCL: 0x80, O_CLOEXEC: 0x8_0000, O_TMPFILE: 0x41_0000 };
const FALLOC = {
  FALLOC_FL_ALLOCATE_RANGE: 0,
  FALLOC_FL_KEEP_SIZE: 1,
  FALLOC_FL_PUNCH_HOLE: 2,
};

/** `memfd_create(name, flags) = fd`. The descriptor's number may have been another's before, with or without a close. */
export const memfdCreate: CallReader = (vmm, call) =>
  ours(call, () => {
    const fd = fdOf(call.result);
    if (fd === null) return "its result is not a file descriptor";
    const flags = flagsOf(call.args[1], MFD) ?? 0;
    const file = addMemfd(vmm, shownPath(call.result), (flags & MFD.MFD_HUGETLB) !== 0);
    setDescriptor(call, fd, { kind: "file", file }, (flags & MFD.MFD_CLOEXEC) !== 0);
    return null;
  });

/** `open(path, flags) = fd`. */
export const open: CallReader = (vmm, call) => opened(vmm, call, call.args[0], call.args[1]);
/** `openat(dirfd, path, flags) = fd`. */
export const openat: CallReader = (vmm, call) => opened(vmm, call, call.args[1], call.args[2]);
/** `openat2(dirfd, path, {flags=...}, size) = fd`. */
export const openat2: CallReader = (vmm, call) =>
  opened(vmm, call, call.args[1], structFields(call.args[2])?.get("flags"));
/** `creat(path, mode) = fd`. */
export const creat: CallReader = (vmm, call) => opened(vmm, call, call.args[0], "0");

/** Not ours, as long as the file is not mapped as guest memory is. */
function opened(vmm: Vmm, call: Call, path: string | undefined, printedFlags: string | undefined): Outcome {
  const fd = succeeded(call) ? fdOf(call.result) : null;
  if (fd === null) return NOT_OURS;
  const flags = flagsOf(printedFlags, O) ?? 0;
  const file = fileOpened(vmm, shownPath(call.result) ?? quoted(path), flags);
  setDescriptor(call, fd, file === null ? null : { kind: "file", file }, (flags & O.O_CLOEXEC) !== 0);
  return file === null ? NOT_OURS : { kind: "notOurs", made: file };
}

/** A path leads to the same file each time it is opened, unless O_EXCL or O_TMPFILE made a new one. */
function fileOpened(vmm: Vmm, path: string, flags: number): CapturedFile | null {
  if (isDevice(path)) return null;
  if (!path.startsWith("/") || (flags & O.O_TMPFILE) === O.O_TMPFILE) return addByPath(vmm, null);
  return (flags & O.O_EXCL) !== 0 ? addByPath(vmm, path) : fileByPath(vmm, path);
}

/** What stands between the quotation marks, as strace escapes it. */
const quoted = (text: string | undefined) => /^"(.*)"$/s.exec(text ?? "")?.[1] ?? "";

/** `ftruncate(fd, length) = 0`. */
export const ftruncate: CallReader = (vmm, call) => {
  const file = fileOf(vmm, call, call.args[0]);
  if (file === null) return NOT_OURS;
  const take = () => {
    const bytes = integerOf(call.args[1]);
    if (bytes === null || bytes < 0n || bytes > LOFF_MAX) return "its length is not a file size";
    if (file.truncated === null || bytes > file.truncated) file.truncated = bytes;
    return null;
  };
  if (file.index !== null) return ours(call, take);
  return succeeded(call) && take() === null ? { kind: "notOurs", made: file } : NOT_OURS;
};

/**
 * `fallocate(fd, mode, offset, len) = 0`: a punch, or an allocation. In pages where it is whole pages, else in bytes. Of
 * a file opened by path only after it was mapped: until then it may be a disk image, and no guest sees its pages.
 */
export const fallocate: CallReader = (vmm, call) => {
  const file = fileOf(vmm, call, call.args[0]);
  if (file === null || file.index === null) return NOT_OURS;
  const name = fileName(file.index);
  return ours(call, () => {
    const offset = integerOf(call.args[2]);
    const len = integerOf(call.args[3]);
    if (offset === null || len === null || offset < 0n || len <= 0n || offset + len > LOFF_MAX) {
      return "offset and length are not a range of a file";
    }
    const mode = flagsOf(call.args[1], FALLOC);
    if (mode === null || mode > KEEP_SIZE_PUNCH || mode === FALLOC.FALLOC_FL_PUNCH_HOLE) {
      return `mode ${call.args[1]?.slice(0, 80)} is neither an allocation nor PUNCH_HOLE|KEEP_SIZE`;
    }
    if (file.kind === "memfd") reaches(file, offset + len);
    const punches = mode === KEEP_SIZE_PUNCH;
    if (punches) vmm.punches++;
    vmm.operations.push({
      op: punches ? "punch" : "allocate",
      file: name,
      ...rangeOf(offset, len),
      ...(mode === FALLOC.FALLOC_FL_KEEP_SIZE ? { mode: "KEEP_SIZE" } : {}),
      time: call.time,
    });
    return null;
  });
};

/** A hole is punched with KEEP_SIZE or not at all. */
const KEEP_SIZE_PUNCH = FALLOC.FALLOC_FL_KEEP_SIZE | FALLOC.FALLOC_FL_PUNCH_HOLE;

function rangeOf(offset: bigint, len: bigint) {
  if (isPageAligned(offset) && isPageAligned(len))
    return { start: pgoffOf(offset), end: pgoffOf(offset + len) };
  return { offset: jsonOf(offset), len: jsonOf(len) };
}

/** Digits in a string where a JSON number would lose some of them. */
const jsonOf = (n: bigint) => (n < 2n ** 53n ? Number(n) : String(n));
