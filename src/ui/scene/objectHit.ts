// SPDX-License-Identifier: GPL-2.0-only
// Which object a pointer means, and which one an arrow key goes to.

import type { Placed } from "./objectBox.ts";

/** A pointer misses an object by at most so many pixels. */
const MISSED = { x: 2, y: 8 };

/** The index of the object at `x`, `y`, or of the nearest one around it; -1 where there is nothing. */
export function hitAt(objects: readonly Placed[], x: number, y: number): number {
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  objects.forEach((object, k) => {
    const dx = Math.max(object.x - x, 0, x - object.x - object.width);
    const dy = Math.max(object.y - y, 0, y - object.y - object.height);
    const far = dx + dy;
    if (dx <= MISSED.x && dy <= MISSED.y && far < least) [nearest, least] = [k, far];
  });
  return nearest;
}

/** Somewhere in a list: an object by its name, and where it was when it was last seen. */
export interface Stand {
  readonly name: string;
  readonly index: number;
}

/** Where `stand` is in the list as it is now: the nearest object of its name, else who has taken its place; -1 in none. */
export function standIn(objects: readonly Placed[], stand: Stand | null): number {
  if (stand === null) return objects.length > 0 ? 0 : -1;
  const { name, index } = stand;
  let nearest = -1;
  for (const [k, object] of objects.entries())
    if (object.name === name && (nearest < 0 || Math.abs(k - index) < Math.abs(nearest - index))) nearest = k;
  return nearest >= 0 ? nearest : Math.min(index, objects.length - 1);
}

/** Objects that PageUp and PageDown go past. */
const PAGE = 8;

/** Where `key` goes from `index` of `count`, or null where the key goes nowhere. */
export function indexForKey(key: string, index: number, count: number): number | null {
  const to: Record<string, number> = {
    ...{ ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: count - 1 },
    ...{ PageUp: index - PAGE, PageDown: index + PAGE },
  };
  return Object.hasOwn(to, key) ? Math.min(Math.max(to[key] ?? 0, 0), count - 1) : null;
}
