// SPDX-License-Identifier: GPL-2.0-only
// From the document of an operation to the operation: those that the page's opening scenario is made of.

import { ModelBug, present } from "../../assert.ts";
import { KVM_MEM, type MemoryRegion } from "../../kernel/kvm/region.ts";
import { PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { bytesOf, gfn, loff, pgoff, pgoffOf } from "../../units.ts";
import type { CreateSlotOperation, Operation } from "../machine/operation.ts";
import type { BasicOperation } from "../machine/perform.ts";
import type { OperationDocument } from "./document.ts";
import { parseMode } from "./mode.ts";

export type BasicDocument = Extract<OperationDocument, { op: BasicOperation["op"] }>;

/** Throws ModelBug for an operation that is no basic one. */
export function readBasicOperation(document: BasicDocument): Operation {
  switch (document.op) {
    case "allocate":
    case "punch":
      return fallocateOf(document);
    case "createSlot":
      return createSlotOf(document);
    case "map":
      return { ...document, gfn: gfn(document.gfn) };
    default:
      throw new ModelBug(
        `${(document satisfies never as OperationDocument).op} is not among the basic operations`,
      );
  }
}

function fallocateOf({
  op,
  file,
  start,
  end,
  offset,
  len,
  mode,
}: Extract<OperationDocument, { op: "allocate" | "punch" }>): Operation {
  const bits =
    mode === undefined ? (op === "punch" ? PUNCH_MODE : 0) : present(parseMode(mode), `mode ${mode}`);
  const at = loff(start === undefined ? BigInt(present(offset, "offset")) : bytesOf(start));
  const bytes = loff(end === undefined ? BigInt(present(len, "len")) : bytesOf(end) - at);
  return { op, file, mode: bits, offset: at, len: bytes };
}

function createSlotOf(document: Extract<OperationDocument, { op: "createSlot" }>): Operation {
  const { op, vm, slot, pages, file, offset, region } = document;
  // The kernel keeps it as a signed number of bytes: from 2^63 on it is negative (T-ah).
  const index = offset === undefined ? document.pgoff : Number(BigInt.asIntN(64, BigInt(offset)) >> 12n);
  const backing = file === undefined ? null : { file, pgoff: pgoff(present(index, "pgoff")) };
  const operation = {
    op,
    vm,
    slot,
    pages,
    gfn: gfn(present(document.gfn ?? backing?.pgoff, "gfn")),
    backing,
  };
  return region === undefined ? operation : withRegion(operation, region);
}

/** `operation` as `region` has it: the ioctl's own arguments, and what whole pages there are in them. */
function withRegion(operation: CreateSlotOperation, document: RegionDocument): CreateSlotOperation {
  const { gfn: first, pages, backing } = operation;
  const flags = document.flags ?? (backing === null ? 0 : KVM_MEM.PRIVATE);
  const region: MemoryRegion = {
    flags,
    guestPhysAddr: BigInt(document.gpa ?? bytesOf(first)),
    memorySize: BigInt(document.size ?? bytesOf(pages)),
    userspaceAddr: BigInt(document.hva ?? 0),
    restrictedOffset: BigInt(document.offset ?? BigInt.asUintN(64, bytesOf(backing?.pgoff ?? 0))),
  };
  const index = pgoffOf(BigInt.asIntN(64, region.restrictedOffset));
  // Without the flag the descriptor is not looked at.
  const isPrivate = backing !== null && (flags & KVM_MEM.PRIVATE) !== 0;
  return {
    ...operation,
    gfn: gfn(pgoffOf(region.guestPhysAddr)),
    pages: pgoffOf(region.memorySize),
    backing: isPrivate ? { file: backing.file, pgoff: index } : null,
    region,
  };
}

type RegionDocument = NonNullable<Extract<OperationDocument, { op: "createSlot" }>["region"]>;
