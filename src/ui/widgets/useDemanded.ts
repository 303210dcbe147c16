// SPDX-License-Identifier: GPL-2.0-only

import { useSyncExternalStore } from "react";
import type { OnDemand } from "./onDemand.ts";

/** A part once it is `wanted` and there, else null: for what does without it until then, or for good if that fails. */
export function useDemanded<T>(part: OnDemand<T>, wanted: boolean): T | null {
  const now = useSyncExternalStore(wanted ? part.subscribe : nobody, part.get, part.get);
  return wanted && now.state === "ready" ? now.value : null;
}

const nobody = () => () => {};
