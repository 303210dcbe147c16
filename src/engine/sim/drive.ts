// SPDX-License-Identifier: GPL-2.0-only
// A path that runs alone, to its end, with nobody to wait for: set-up, and tests of single paths.

import { assert } from "../assert.ts";
import type { Path } from "./gate.ts";
import { advance, newStack } from "./stack.ts";

/** Runs `path` through all of its gates. Throws ModelBug where one would have to wait. Returns what it returned. */
export function drive<T>(path: Path<T>): T {
  const stack = newStack(path);
  for (let gate = advance(stack, undefined); gate !== null; gate = advance(stack, gate.act()))
    assert(gate.ready(), () => `a path that runs alone waits at "${gate.label}"`);
  return stack.returned as T;
}
