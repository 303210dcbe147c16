// SPDX-License-Identifier: GPL-2.0-only
// Operations in words: what a task is about to do, or was doing.

import { FALLOC_FL, modeText, type Operation, type Play, pgoffOf } from "../../engine/index.ts";
import { slotText } from "./names.ts";
import { numberText, rangeText } from "./number.ts";
import { syscallPhrase } from "./syscallSentences.ts";

const PAGE_SIZE = 4096n;

/** `P punches pages [18,22) of f0`: a clause with its task and no full stop. Set-up has no task. */
export function describeOperation(operation: Operation, play: Play): string {
  const [task] = [...play.scenario.tasks].find(([, operations]) => operations.includes(operation)) ?? [];
  return `${task ?? "The set-up"} ${verbPhrase(operation, play)}`;
}

function verbPhrase(operation: Operation, play: Play): string {
  switch (operation.op) {
    case "allocate":
    case "punch": {
      const { op, file, mode, offset, len } = operation;
      const plain = mode === (op === "punch" ? PUNCH_MODE : 0) && isWhole(offset, len);
      return plain
        ? `${op === "punch" ? "punches" : "allocates"} ${extentText(offset, len)} of ${file}`
        : `calls fallocate(${modeText(mode)}) on ${file}, ${extentText(offset, len)}`;
    }
    case "createSlot": {
      const { vm, slot, gfn, pages, backing } = operation;
      return `creates ${slotText(play, `${vm}/${slot}`)}: ${regionText(gfn, pages, backing?.file ?? null, backing?.pgoff ?? 0)}`;
    }
    case "deleteSlot":
      return `deletes ${slotText(play, `${operation.vm}/${operation.slot}`)}`;
    case "map":
      return `lets the guest touch gfns ${rangeText(operation.gfn, operation.gfn + operation.pages)} of ${operation.vm}`;
    case "guestRead":
    case "guestWrite":
      return `lets vCPU ${operation.vcpu} of ${operation.vm} ${operation.op === "guestRead" ? "read" : "write"} gfn ${numberText(operation.gfn)}`;
    case "mmuNotifier":
      return `unmaps the user memory behind gfns ${rangeText(operation.start, operation.end)} of ${operation.vm}`;
    case "poison":
      return `loses page ${numberText(operation.page)} of ${operation.file} to a memory error`;
    case "bind":
    case "unbind": {
      const { op, file, start, end, notifier } = operation;
      const slot = slotText(play, `${notifier.vm}/${notifier.slot}`);
      const pages = `pages ${rangeText(start, end)} of ${file}`;
      if (op === "unbind") return `unbinds ${pages} from ${slot}`;
      return `binds ${pages} to ${slot}${operation.exclusive ? "" : ", not exclusively"}`;
    }
    case "signal":
      return `sends ${operation.task} a signal`;
    default:
      return syscallPhrase(operation);
  }
}

const PUNCH_MODE = FALLOC_FL.PUNCH_HOLE | FALLOC_FL.KEEP_SIZE;

const isWhole = (offset: bigint, len: bigint) =>
  offset >= 0n && len > 0n && offset % PAGE_SIZE === 0n && len % PAGE_SIZE === 0n;

/** `pages [18,22)`, or the bytes where they are no whole pages. */
export const extentText = (offset: bigint, len: bigint): string =>
  isWhole(offset, len)
    ? `pages ${rangeText(pgoffOf(offset), pgoffOf(offset + len))}`
    : `offset ${numberText(offset)}, length ${numberText(len)} bytes`;

/** `gfns [0,512) on pages [0,512) of f0`. */
export const regionText = (gfn: number, pages: number, file: string | null, pgoff: number): string => {
  const gfns = `gfns ${rangeText(gfn, gfn + pages)}`;
  return file === null
    ? `${gfns}, an ordinary slot without a file`
    : `${gfns} on pages ${rangeText(pgoff, pgoff + pages)} of ${file}`;
};
