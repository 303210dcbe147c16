// SPDX-License-Identifier: GPL-2.0-only
// What there is to say of a cell that leads from an xa_node to a lower one.

import { xaWayTo } from "../../engine/index.ts";
import { CELLS } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { pagesText } from "./mark.ts";
import { pagesUnder } from "./objectTree.ts";

/** `Cell 4 of the xa_node of shift 18 leads to the xa_node of shift 12: pages 1,048,576–1,310,719.` */
export function cellFact({ world }: Frame, name: string, shift: number, first: number): string | null {
  const file = world.files[name];
  if (file?.keeps !== "xarray") return null;
  const way = xaWayTo(file.bindings, first);
  const depth = way.findIndex((row) => row.shift === shift);
  const row = way[depth];
  if (row === undefined || first < row.base || first >= row.base + CELLS * 2 ** shift) return null;
  const offset = Math.floor((first - row.base) / 2 ** shift);
  const { start, end } = pagesUnder(row, offset);
  const below = way[depth + 1];
  const leads = below === undefined ? "leads nowhere now" : `leads to the xa_node of shift ${below.shift}`;
  return `Cell ${offset} of the xa_node of shift ${shift} ${leads}: pages ${pagesText(start, end)}.`;
}
