// SPDX-License-Identifier: GPL-2.0-only

import { useSyncExternalStore } from "react";

const SIGNS = ["pointermove", "pointerdown", "keydown"] as const;

/** A page that has stood for so long, in milliseconds, has loaded all that it shows. */
const REST_MS = 2_000;

let inUse = false;

/**
 * Whether somebody has moved a pointer over the page or pressed a key, or looks at it for a while: what only helps a
 * reader may be fetched then.
 */
export const useInUse = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => inUse,
    () => inUse,
  );

function subscribe(changed: () => void): () => void {
  const seen = () => {
    inUse = true;
    leave();
    changed();
  };
  const rest = inUse ? undefined : setTimeout(seen, REST_MS);
  const leave = () => {
    clearTimeout(rest);
    for (const sign of SIGNS) removeEventListener(sign, seen, true);
  };
  if (!inUse) for (const sign of SIGNS) addEventListener(sign, seen, true);
  return leave;
}
