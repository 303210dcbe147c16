// SPDX-License-Identifier: GPL-2.0-only
// Memslots as objects: wherever a row has one, from left to right.

import type { Memslot, World } from "../../engine/index.ts";
import { type Axis, widthOf } from "./axis.ts";
import { HEIGHT as CALLS, PAIR, pairsOf } from "./callsScene.ts";
import { linksOf, pill } from "./chainScene.ts";
import type { Frame } from "./frame.ts";
import { pagesOf, visibleMemslots } from "./memslots.ts";
import { blocksOf, lanesOf } from "./memslotsScene.ts";
import { objectName } from "./object.ts";
import { columnName, type Placed, spanBox } from "./objectBox.ts";
import { toldBy, wasNeeded } from "./told.ts";

/** The object name of a memslot. */
export const slotName = ({ vm, slot }: Pick<Memslot, "vm" | "slot">): string =>
  objectName({ kind: "slot", memslot: `${vm}/${slot}` });

/** The memslot that events call `name`: the one that is visible, else the latest that was called so. */
export function memslotNamed(world: World, name: string): Memslot | null {
  const isIt = ({ vm, slot }: Memslot) => `${vm}/${slot}` === name;
  const visible = Object.values(world.vms).flatMap((vm) => [...vm.slotsByGfn]);
  const found = visible.find((id) => world.memslots[id] !== undefined && isIt(world.memslots[id]));
  return (found === undefined ? world.memslots.findLast(isIt) : world.memslots[found]) ?? null;
}

/** The memslots that the window shows. */
export function memslotObjects(axis: Axis, frame: Frame): Placed[] {
  const shown = visibleMemslots(frame, axis.file).meeting(axis);
  const needed = new Set([...toldBy(frame).calls.values()].filter(wasNeeded).map((call) => call.notifier));
  const blocks = blocksOf(axis, shown, needed);
  const { height, yOf } = lanesOf(blocks);
  return blocks.flatMap(({ lane, members }) =>
    members.map((memslot): Placed => {
      const { start, end } = pagesOf(memslot);
      return { name: slotName(memslot), ...spanBox(axis, start, end, yOf(lane), height) };
    }),
  );
}

/** The notifiers of a chain, in list order. */
export const chainObjects = (axis: Axis, frame: Frame, notifiers: readonly number[]): Placed[] =>
  linksOf(axis, frame, notifiers).flatMap((link): Placed[] => {
    const memslot = frame.world.memslots[link.id];
    if (memslot === undefined) return [];
    const { x, y, width, height } = pill(link);
    return [{ name: slotName(memslot), x, y, width, height }];
  });

/** The pairs of squares; one that stands for several memslots is the pages of its column. */
export const callObjects = (axis: Axis, frame: Frame): Placed[] =>
  pairsOf(axis, frame).flatMap(({ notifier, middle, memslots }): Placed[] => {
    const memslot = frame.world.memslots[notifier];
    if (memslot === undefined) return [];
    const width = memslots > 1 ? axis.cell : PAIR + 4;
    const x = Math.min(Math.max(middle - width / 2, 0), widthOf(axis) - width);
    const name = memslots > 1 ? columnName(axis, Math.floor(middle / axis.cell)) : slotName(memslot);
    return [{ name, x, y: 4, width, height: CALLS - 8 }];
  });
