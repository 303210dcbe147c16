// SPDX-License-Identifier: GPL-2.0-only
// Sentences for the calls on a file, fallocate apart: what was called, what the file's making and its end are made of,
// and why user space is refused.

import type { Errno, LabEvent, Operation } from "../../engine/index.ts";
import { countText, numberText } from "./number.ts";
import type { Of, Told } from "./told.ts";

type SyscallOperation = Extract<Operation, { op: Of<"syscall.entered">["call"] }>;

/** `calls pread(4,096, 0) on f0`: the arguments in their order, the offset last. */
export function syscallPhrase({ op, file, ...args }: SyscallOperation): string {
  const texts = Object.values(args).map((value) => (typeof value === "string" ? value : numberText(value)));
  return `calls ${op}(${texts.join(", ")}) on ${file}`;
}

/** One of the events that tell what a call did to the file. */
export type SyscallEvent = Extract<
  LabEvent,
  {
    type:
      | "syscall.entered"
      | "create.stepped"
      | "file.created"
      | "file.released"
      | "size.set"
      | "size.refused"
      | "stat.answered"
      | "signal.sent";
  }
>;

const PARTS: Record<Of<"create.stepped">["part"], string> = {
  fd: "descriptor",
  inner: "inner tmpfs file",
  metadata: "metadata",
  shim: "shim",
  mapping: "pages unevictable and unmovable",
};

/** The predicate of the sentence, whose subject is the task. */
function predicate(event: SyscallEvent): string {
  switch (event.type) {
    case "syscall.entered": {
      const { type: _, call, ...args } = event;
      return syscallPhrase({ op: call, ...args } as SyscallOperation);
    }
    case "create.stepped": {
      const does = { made: "makes", failed: "cannot make", undone: "takes back" }[event.outcome];
      return `${does} ${event.file}'s ${PARTS[event.part]}`;
    }
    case "file.created":
      return `has ${event.file}, of size 0, as descriptor ${event.fd}`;
    case "file.released":
      return `releases ${event.file}, as nobody refers to it any more: ${countText(event.pages, "page")} freed`;
    case "size.set":
      return `sets the inner i_size of ${event.file} to ${numberText(event.size)} bytes`;
    case "size.refused":
      return `leaves the inner i_size of ${event.file} at ${numberText(event.size)} bytes`;
    case "stat.answered": {
      const told = `is told ${numberText(event.size)} bytes and ${countText(event.blocks, "block")} of ${event.file}`;
      return event.wildRead ? `${told}, read from an inode that is not tmpfs' own (T-s)` : told;
    }
    case "signal.sent":
      return event.signal === "SIGXFSZ"
        ? "is sent SIGXFSZ: the file would grow beyond the limit of the process"
        : `sends ${event.to} a signal`;
  }
}

export const syscallSentence = (event: SyscallEvent, { task }: Told): string =>
  `${task} ${predicate(event)}.`;

/** Why the call came back with `errno`; where it depends on the call, what it is about. */
export function syscallReason(op: SyscallOperation["op"], errno: Errno): string {
  switch (errno) {
    case "EBADF":
      return NOT_OPEN;
    case "EMFILE":
      return "the process has no descriptor left";
    case "ENFILE":
      return "the host has too many files open";
    case "ENOSYS":
      return "the kernel was built without it";
    case "ENODEV":
      return "the shim has no method for it";
    case "ESPIPE":
      return "the shim has no position";
    case "EFBIG":
      return "the length is above the limit of the process";
    case "EPERM":
      return op === "mmap" ? "nothing on its mount may be executed" : "the size is not 0 any more";
    case "EINVAL":
      return INVALID[op] ?? "the shim has no method for it";
    default:
      return "the host gives no memory for it";
  }
}

export const NOT_OPEN = "its descriptor is not open";

const INVALID: Partial<Record<SyscallOperation["op"], string>> = {
  memfd_restricted: "it takes no flags",
  ftruncate: "the length must be a multiple of 4,096 bytes, and not negative",
  pread: "the offset is negative",
  pwrite: "the offset is negative",
  lseek: "there is no such whence",
};
