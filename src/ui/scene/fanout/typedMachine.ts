// SPDX-License-Identifier: GPL-2.0-only
// A typed list of memslots as the name of a scenario, which is all that a link to it needs: `memslots_512x100_262144`.

import { typedSlots } from "../../text/fanout/typedSlots.ts";

const PREFIX = "memslots";

/** A longer name no link takes. */
export const TYPED_NAME_CHARS_MAX = 250;

/** The name of memslots of `sizes` pages; null where it would be too long for a link. */
export function typedName(sizes: readonly number[]): string | null {
  const runs: { pages: number; times: number }[] = [];
  for (const pages of sizes) {
    const last = runs.at(-1);
    if (last?.pages === pages) last.times++;
    else runs.push({ pages, times: 1 });
  }
  const parts = runs.map(({ pages, times }) => (times === 1 ? pages : `${pages}x${times}`));
  const name = [PREFIX, ...parts].join("_");
  return name.length > TYPED_NAME_CHARS_MAX ? null : name;
}

/** The sizes that `name` says, in pages; null where it is the name of something else. */
export function typedOf(name: string): readonly number[] | null {
  const [prefix, ...parts] = name.split("_");
  if (prefix !== PREFIX) return null;
  const read = typedSlots(parts.join());
  return read.ok ? read.sizes : null;
}
