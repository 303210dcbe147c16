// SPDX-License-Identifier: GPL-2.0-only
// What was computed last for a play is handed out again for as long as it would come out the same.

import type { Play } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

interface Kept {
  readonly axis: object | null;
  readonly key: string;
  readonly value: unknown;
}

const keptOf = new WeakMap<Play, Map<string, Kept>>();

/**
 * `compute()`, or what it came to last time if `axis` is the same object and `key` says the same. `key` holds all
 * that the result hangs on besides the play and the shown operation. One result is kept for each `what`.
 */
export function kept<T>(
  what: string,
  axis: object | null,
  { play, operation }: Frame,
  key: readonly (string | number | boolean | null)[],
  compute: () => T,
): T {
  let all = keptOf.get(play);
  if (all === undefined) {
    all = new Map();
    keptOf.set(play, all);
  }
  const text = `${operation} ${key.join(" ")}`;
  const before = all.get(what);
  if (before !== undefined && before.axis === axis && before.key === text) return before.value as T;
  const value = compute();
  all.set(what, { axis, key: text, value });
  return value;
}

const numbers = new WeakMap<Play, number>();
let numbered = 0;

/** A number of the play's own, for the key of what is kept for another play and hangs on this one too. */
export function numberOf(play: Play): number {
  const known = numbers.get(play) ?? ++numbered;
  numbers.set(play, known);
  return known;
}
