// SPDX-License-Identifier: GPL-2.0-only
// All that a scenario can ask for, and all that is watched.

import { gfn, loff, pgoff } from "../../units.ts";
import { rulesFor } from "../machine/invariants/rules.ts";
import type { Operation, SyscallOperation } from "../machine/operation.ts";
import { performAny } from "../machine/performAny.ts";
import type { OperationDocument } from "./document.ts";
import { readBasicOperation } from "./readBasicOperation.ts";
import type { Repertoire } from "./repertoire.ts";

export const ANY: Repertoire = { perform: performAny, readOperation: readAnyOperation, rules: rulesFor };

function readAnyOperation(document: OperationDocument): Operation {
  switch (document.op) {
    case "allocate":
    case "punch":
    case "createSlot":
    case "map":
      return readBasicOperation(document);
    case "deleteSlot":
    case "signal":
      return document;
    case "guestRead":
    case "guestWrite":
      return { ...document, gfn: gfn(document.gfn) };
    case "mmuNotifier":
      return { ...document, start: gfn(document.start), end: gfn(document.end) };
    case "poison":
      return { ...document, page: pgoff(document.page) };
    case "bind":
    case "unbind": {
      const [vm = "", slot] = document.notifier.split("/");
      const notifier = { vm, slot: Number(slot) };
      return { ...document, start: pgoff(document.start), end: pgoff(document.end), notifier };
    }
    default:
      return syscallOf(document);
  }
}

/** The arguments in the order of the call, whatever order the document has: they are told in it. */
function syscallOf(document: SyscallDocument): SyscallOperation {
  const { op, file } = document;
  switch (op) {
    case "memfd_restricted":
      return { op, file, flags: document.flags };
    case "ftruncate":
      return { op, file, length: loff(BigInt(document.length)) };
    case "read":
    case "write":
      return { op, file, len: document.len };
    case "pread":
    case "pwrite":
      return { op, file, len: document.len, offset: loff(BigInt(document.offset)) };
    case "lseek":
      return { op, file, offset: loff(BigInt(document.offset)), whence: document.whence };
    case "mmap":
      return { op, file, prot: document.prot, flags: document.flags };
    default:
      return { op, file };
  }
}

type SyscallDocument = Extract<OperationDocument, { op: SyscallOperation["op"] }>;
