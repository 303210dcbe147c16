// SPDX-License-Identifier: GPL-2.0-only
// How many pages of a file there are to draw.

import type { Scenario } from "../../engine/index.ts";

const knownOf = new WeakMap<Scenario, Map<string, number>>();

/** Past the highest page that a file can have: a slot there was asked for with an offset close to 2^63 (T-ah). */
const PAGES_MAX = 2 ** 51;

/** The pages of `file` up to its size, or up to the end of a slot that reaches beyond it (T-n); one page at least, and 0 of no file. */
export function filePages(scenario: Scenario, file: string): number {
  const known = knownOf.get(scenario) ?? pagesByFile(scenario);
  knownOf.set(scenario, known);
  return known.get(file) ?? 0;
}

function pagesByFile({ files, setup, tasks }: Scenario): Map<string, number> {
  const pages = new Map([...files].map(([name, file]) => [name, Math.max(1, file.pages)]));
  for (const operations of [setup, ...tasks.values()])
    for (const operation of operations) {
      if (operation.op !== "createSlot" || operation.backing === null) continue;
      const { file, pgoff } = operation.backing;
      const end = pgoff + operation.pages;
      if (end <= PAGES_MAX && end > (pages.get(file) ?? 0)) pages.set(file, end);
    }
  return pages;
}
