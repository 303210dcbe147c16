// SPDX-License-Identifier: GPL-2.0-only
// A path that runs alone, to its end, with nobody to wait for: set-up, and tests of single paths.

import { assert } from "../assert.ts";
import { isCallMark, type Path } from "./gate.ts";

/** Runs `path` through all of its gates. Throws ModelBug where one would have to wait. Returns what it returned. */
export function drive<T>(path: Path<T>): T {
  let next = path.next();
  while (!next.done) {
    if (isCallMark(next.value)) {
      next = path.next();
    } else {
      const gate = next.value;
      assert(gate.ready(), `a path that runs alone waits at "${gate.label}"`);
      next = path.next(gate.act());
    }
  }
  return next.value;
}
