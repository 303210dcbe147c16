// SPDX-License-Identifier: GPL-2.0-only
// A scenario that was made here, opened as one that was dropped.

import type { ScenarioDocument } from "../../../engine/index.ts";
import type { Lab } from "../../store/lab.ts";
import { openCapture } from "../../store/openCapture.ts";

/** Opens `document` in the lab, under `name`. Whatever goes wrong is said on the page. Returns whether it is open. */
export async function openDocument(lab: Lab, name: string, document: ScenarioDocument): Promise<boolean> {
  try {
    const blob = new Blob([JSON.stringify(document)], { type: "application/json" });
    const request = { type: "read", log: { name, blob }, map: null, builtIn: null } as const;
    return await lab.showCapture(await openCapture(request, () => {}, new AbortController().signal));
  } catch (error) {
    lab.say(error instanceof Error ? error.message : String(error));
    return false;
  }
}
