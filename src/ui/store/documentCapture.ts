// SPDX-License-Identifier: GPL-2.0-only
// A scenario that was made here, read as a viewer's file is: so that it has a bill.

import type { ScenarioDocument } from "../../engine/index.ts";
import type { OpenCapture } from "./capture.ts";
import { openCapture } from "./openCapture.ts";

/** Opens `document`, whose file would be called `name`; `scenario` is what links call it, or null where none can. */
export function documentCapture(
  document: ScenarioDocument,
  name: string,
  scenario: string | null,
): Promise<OpenCapture> {
  const blob = new Blob([JSON.stringify(document)], { type: "application/json" });
  return openCapture(
    { type: "read", log: { name, blob }, map: null, builtIn: scenario },
    () => {},
    new AbortController().signal,
  );
}
