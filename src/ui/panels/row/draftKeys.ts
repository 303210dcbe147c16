// SPDX-License-Identifier: GPL-2.0-only
// A punch from the keyboard: where it begins, and what the arrows make of it.

import type { PageSpan } from "../../scene/about.ts";
import type { Axis } from "../../scene/axis.ts";
import { movedBy, stretched } from "../../scene/draft.ts";
import type { Placed } from "../../scene/objectBox.ts";

/** The pages of the column that is active. */
export function startedDraft(axis: Axis, { x }: Placed): PageSpan {
  const start = axis.start + Math.round(x / axis.cell) * axis.perCell;
  return { start, end: Math.min(start + axis.perCell, axis.filePages) };
}

/** `draft` after an arrow: moved by a column, or with `resize` its end moved. Null for other keys. */
export function draftForKey(axis: Axis, draft: PageSpan, key: string, resize: boolean): PageSpan | null {
  const by = { ArrowLeft: -axis.perCell, ArrowRight: axis.perCell }[key];
  if (by === undefined) return null;
  return resize ? stretched(axis, draft, "end", draft.end + by) : movedBy(axis, draft, by);
}
