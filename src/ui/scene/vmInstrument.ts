// SPDX-License-Identifier: GPL-2.0-only
// What a fault looks at before it may map: mmu_invalidate_in_progress, mmu_invalidate_seq and the tracked range, of each
// VM as one line. A count that is wrong says why, and what this kernel does about it.

import type { Kvm } from "../../engine/index.ts";
import { gfnText, numberText } from "../text/number.ts";
import type { Frame } from "./frame.ts";
import { type Brackets, bracketsAt, isHostStopped } from "./vmBrackets.ts";

export interface Instrument {
  readonly vm: string;
  /** `1`, `−1` */
  readonly count: string;
  readonly brackets: Brackets;
  /** One word for the count: nothing but its colour would otherwise tell `open` from `stuck`. */
  readonly word: string;
  readonly isWrong: boolean;
  readonly seq: string;
  /** The tracked gfns and what they are good for: `holds [0x12,0x16)`, `kept [0x12,0x16)`, `no range`. */
  readonly range: string;
  /** Whether a fault in the range is held off now. */
  readonly holds: boolean;
  /** What went wrong, and what follows; null where nothing did. */
  readonly why: string | null;
  /** All of it, for those who cannot see it. */
  readonly says: string;
}

/** More VMs than this are not drawn; those without a bracket in the run go first. */
const VMS_MAX = 3;

export interface Instruments {
  readonly shown: readonly Instrument[];
  /** VMs that are not shown: nothing happens to their counts, or more to those of others. */
  readonly more: number;
}

/** The instruments of the VMs of `frame`, in their order. */
export function instrumentsOf(frame: Frame): Instruments {
  const all = Object.values(frame.world.vms);
  const end = frame.play.recording.steps.length;
  const rank = ({ name, mmuInvalidateInProgress }: Kvm) => {
    const { lost, lone } = bracketsAt(frame.play, name, end);
    return mmuInvalidateInProgress !== 0 || lost + lone > 0 ? 0 : 1;
  };
  const shown = new Set([...all].sort((a, b) => rank(a) - rank(b)).slice(0, VMS_MAX));
  return {
    shown: all.filter((vm) => shown.has(vm)).map((vm) => instrumentOf(frame, vm)),
    more: all.length - shown.size,
  };
}

function instrumentOf({ play, step }: Frame, kvm: Kvm): Instrument {
  const { name: vm, mmuInvalidateInProgress: count, mmuInvalidateRange: range } = kvm;
  const brackets = bracketsAt(play, vm, step);
  const isBroken =
    count !== 0 &&
    play.findings.some((found) => found.invariant === "I4" && found.object === vm && found.step <= step);
  const isStopped = isHostStopped(play, vm, step);
  const { lost, lone } = brackets;
  const isWrong = count < 0 || isBroken || lost + lone > 0 || kvm.bugged || isStopped;
  const word = wordOf(kvm, brackets, isStopped, isBroken);
  const why = isWrong ? whyOf(kvm, brackets, isStopped) : null;
  const isEmpty = range !== null && range.start >= range.end;
  const holds = count !== 0 && !isEmpty;
  const tracked = isEmpty ? "no range" : rangeText(kvm, holds);
  const shown = { vm, count: numberText(count).replace("-", "−"), seq: numberText(kvm.mmuInvalidateSeq) };
  return {
    ...shown,
    ...{ brackets, word, isWrong, range: tracked, holds, why },
    says: [
      `${vm}: mmu_invalidate_in_progress ${shown.count}, ${word}; mmu_invalidate_seq ${shown.seq};`,
      `tracked range: ${tracked}.`,
      ...(why === null ? [] : [why]),
    ].join(" "),
  };
}

/** Nobody clears the range when the last bracket closes; the next one to open does. */
function rangeText({ mmuInvalidateRange: range }: Kvm, holds: boolean): string {
  const gfns = range === null ? "every gfn" : `[${gfnText(range.start)},${gfnText(range.end)})`;
  if (holds) return `holds ${gfns}`;
  return range === null ? "cleared" : `kept ${gfns}`;
}

function wordOf(
  { bugged, mmuInvalidateInProgress: count }: Kvm,
  { open, lost, lone }: Brackets,
  isStopped: boolean,
  isBroken: boolean,
): string {
  if (isStopped) return "host BUG";
  if (bugged) return "VM dead";
  if (count < 0) return "below zero";
  if (lone > 0) return open + lost > lone ? "too low" : open > 0 ? "but open" : "by luck";
  if (lost > 0 || isBroken) return "stuck";
  return count > 0 ? "open" : "closed";
}

function whyOf({ bugged, underflow }: Kvm, { open, lost, lone }: Brackets, isStopped: boolean): string {
  if (isStopped) return "BUG_ON(): the host has stopped, and nothing runs any more.";
  if (bugged) return "KVM_BUG_ON(): the VM is given up, its calls answer -EIO.";
  if (lone > 0 && open > 0)
    return "A bracket is open, and the lone end has used it up: no fault is held off.";
  if (lone > 0 && lost > 0) return "An end without its start came after a start without its end.";
  if (lone > 0) return `An end came without its start. ${POLICY[underflow]}`;
  return lost > 0 ? "A start has lost its end: its memslot is gone." : "No operation is left to close it.";
}

const POLICY = {
  silent: "Policy silent: the VM runs on.",
  vmBug: "Policy vmBug: the VM dies of it.",
  hostBug: "Policy hostBug: the next ordinary end stops the host.",
};
