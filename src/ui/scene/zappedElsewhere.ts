// SPDX-License-Identifier: GPL-2.0-only
// What the operation has zapped of a guest that is not in the row of its mappings: of memslots on other files, or
// outside of the window. The bill counts it as well.

import type { Memslot } from "../../engine/index.ts";
import { numberText } from "../text/number.ts";
import { type Axis, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { counted, type Mark } from "./mark.ts";
import type { Column } from "./mappingsScene.ts";
import { slotsOf } from "./reached.ts";
import { noteMarks } from "./tlbNote.ts";
import { toldBy } from "./told.ts";

/** Baseline of the note in its row, in pixels. */
const BASE = 14.5;

/** `64 pages zapped in slot 1, on f1`, in the widest free stretch of the row; nothing where nothing was. */
export function elsewhereMarks(
  axis: Axis,
  frame: Frame,
  vm: string,
  columns: readonly Readonly<Column>[],
): Mark[] {
  const text = elsewhereText(axis, frame, vm);
  const taken = columns.flatMap(({ covered, mapped, zapped, stale }, n) =>
    covered || mapped + zapped + stale > 0 ? [[n * axis.cell, (n + 1) * axis.cell] as const] : [],
  );
  return noteMarks(text === null ? null : { look: "cutWord", text }, widthOf(axis), taken, BASE);
}

function elsewhereText(axis: Axis, frame: Frame, vm: string): string | null {
  const kvm = frame.world.vms[vm];
  const runs = toldBy(frame).zapped.get(vm) ?? [];
  if (kvm === undefined || runs.length === 0) return null;
  const here = new Set<number>(slotsOf(axis, frame, kvm).map(({ id }) => id));
  const others = kvm.slotsByGfn
    .filter((id) => !here.has(id))
    .map((id) => frame.world.memslots[id] as Memslot);
  const zappedIn = ({ baseGfn, npages }: Memslot) =>
    runs.reduce(
      (sum, [start, end]) => sum + Math.max(0, Math.min(end, baseGfn + npages) - Math.max(start, baseGfn)),
      0,
    );
  const met = others.filter((slot) => zappedIn(slot) > 0);
  const [first] = met;
  if (first === undefined) return null;
  const pages = met.reduce((sum, slot) => sum + zappedIn(slot), 0);
  const where =
    met.length > 1
      ? `${numberText(met.length)} other slots`
      : `slot ${first.slot}${first.file === axis.file ? ", outside of these pages" : first.file === null ? "" : `, on ${first.file}`}`;
  return `${counted(pages, "page")} zapped in ${where}`;
}
