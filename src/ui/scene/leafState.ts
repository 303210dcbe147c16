// SPDX-License-Identifier: GPL-2.0-only
// Whether a leaf leads astray.

import { generationOf, type Leaf, type Pfn, pagesPerLeaf } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

/** Whether some page that `leaf` maps has been freed since. */
export function isStale({ world: { memory } }: Pick<Frame, "world">, leaf: Leaf): boolean {
  for (let k = 0; k < pagesPerLeaf(leaf.level); k++)
    if (generationOf(memory, (leaf.pfn + k) as Pfn) !== leaf.generation) return true;
  return false;
}
