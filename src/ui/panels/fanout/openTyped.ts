// SPDX-License-Identifier: GPL-2.0-only
// Typed memslots, opened: by their name, or where that is too long for a link as a file that was dropped.

import { slotsDocument } from "../../../engine/index.ts";
import { typedName } from "../../scene/fanout/typedMachine.ts";
import { documentCapture } from "../../store/documentCapture.ts";
import type { Lab } from "../../store/lab.ts";

/** Opens memslots of `sizes` pages in the lab. Whatever goes wrong is said on the page. Returns whether a link can hold them. */
export function openTyped(lab: Lab, sizes: readonly number[]): boolean {
  const name = typedName(sizes);
  if (name !== null) void lab.choose(name);
  else
    documentCapture(slotsDocument(sizes, "Typed memslots"), "typed-memslots.json", null)
      .then(lab.showCapture)
      .catch((error: unknown) => lab.say(error instanceof Error ? error.message : String(error)));
  return name !== null;
}
