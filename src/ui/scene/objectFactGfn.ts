// SPDX-License-Identifier: GPL-2.0-only
// What there is to say of a gfn, of the leaf that maps it, and of an entry on the way to it.

import {
  indexAt,
  type LeafLevel,
  pagesPerEntry,
  type TableLevel,
  tdpLeafAt,
  tdpWalk,
  type World,
} from "../../engine/index.ts";
import { gfnsText, gfnText } from "../text/number.ts";
import type { Frame } from "./frame.ts";
import { behindText, freedGfn } from "./frameBehind.ts";
import { heldOff } from "./heldOff.ts";
import { SIZES } from "./largeLeaves.ts";
import { pageText, slotAt } from "./reached.ts";
import { spteHex, spteSays } from "./spteBits.ts";
import { toldBy } from "./told.ts";
import { TABLES } from "./walkScene.ts";

/** `gfn 0x5 of vm0: page 5 of f0 through slot 0; zapped by this operation; held off: a fault there is sent back.` */
export function gfnFact(frame: Frame, vm: string, gfn: number): string | null {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return null;
  const leaf = tdpLeafAt(kvm.tdp, gfn);
  const mapped =
    leaf === null
      ? goneText(frame, vm, gfn)
      : `mapped by a leaf of ${SIZES[leaf.level]} ${behindText(frame.world, leaf, gfn)}`;
  const held = heldOff(kvm);
  const isHeld = held !== null && held.start <= gfn && gfn < held.end;
  const parts = [
    throughText(frame.world, vm, gfn),
    mapped,
    isHeld ? `held off, in_progress ${held.count}: a fault there is sent back` : "not held off",
  ];
  return `gfn ${gfnText(gfn)}${ofVm(frame.world, vm)}: ${parts.join("; ")}.`;
}

/** `Leaf of 4 KiB for gfn 0x5: to pfn 5, which holds what vm0/vcpu0 wrote; page 5 of f0 through slot 0.` */
export function leafFact(frame: Frame, vm: string, level: number, gfn: number): string | null {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return null;
  const leaf = tdpLeafAt(kvm.tdp, gfn);
  const size = SIZES[level as LeafLevel];
  const pages = pagesPerEntry(level as TableLevel);
  const gfns = `${gfnsText(gfn, gfn + pages)}${ofVm(frame.world, vm)}`;
  const through = throughText(frame.world, vm, gfn);
  if (leaf?.level !== level)
    return `No leaf of ${size} for ${gfns} now: ${leaf === null ? goneText(frame, vm, gfn) : "smaller ones stand there"}; ${through}.`;
  const freed = freedGfn(frame.world, leaf);
  const stale = freed === null ? "" : pages === 1 ? "STALE, " : `STALE at gfn ${gfnText(freed)}, `;
  return `Leaf of ${size} at level ${level} for ${gfns}: ${stale}${behindText(frame.world, leaf, freed ?? gfn)}; ${through}.`;
}

/** `Entry 5 of the PT: 0x5377, a leaf to pfn 5: read, write, execute, write-back, PAT ignored, accessed, dirty.` */
export function spteFact(frame: Frame, vm: string, level: number, gfn: number): string | null {
  const kvm = frame.world.vms[vm];
  if (kvm === undefined) return null;
  const reads = tdpWalk(kvm.tdp, gfn);
  const read = reads.find((each) => each.level === level);
  const table = TABLES[level - 1];
  const entry = `Entry ${indexAt(gfn, level as TableLevel)} of the ${table}${ofVm(frame.world, vm)}`;
  if (read === undefined) return `${entry}: there is no such table, the walk ends above it.`;
  if (read.found === "none")
    return `${entry}: 0x0, no bit is set: ${goneText(frame, vm, gfn)}; whoever walks here faults.`;
  const target = read.leaf ?? reads[reads.indexOf(read) + 1]!.table;
  const leads = read.leaf === null ? `the ${TABLES[level - 2]} below` : `a leaf to pfn ${read.leaf.pfn}`;
  const stale = read.leaf !== null && freedGfn(frame.world, read.leaf) !== null ? ", STALE" : "";
  return `${entry}: ${spteHex(target)}, ${leads}${stale}; ${spteSays(target)}.`;
}

/** `page 5 of f0 through slot 0` */
export function throughText(world: World, vm: string, gfn: number): string {
  const slot = slotAt(world, vm, gfn);
  if (slot === null) return "in no memslot";
  return slot.file === null
    ? `in slot ${slot.slot}`
    : `page ${pageText(slot, gfn)} of ${slot.file} through slot ${slot.slot}`;
}

function goneText(frame: Frame, vm: string, gfn: number): string {
  const runs = toldBy(frame).zapped.get(vm) ?? [];
  return runs.some(([start, end]) => start <= gfn && gfn < end)
    ? "zapped by this operation, present → 0x0"
    : "not mapped";
}

/** Only where there are several VMs. */
const ofVm = ({ vms }: World, vm: string) => (Object.keys(vms).length > 1 ? ` of ${vm}` : "");
