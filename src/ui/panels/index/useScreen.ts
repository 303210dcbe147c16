// SPDX-License-Identifier: GPL-2.0-only
import { useSyncExternalStore } from "react";

interface Screen {
  /** Pixels of the screen to one of the page. */
  readonly ratio: number;
  /** The viewer has the colours of the system instead of the page's. */
  readonly forced: boolean;
}

let now: Screen | null = null;

/** The same object until something about it changes. */
function screenNow(): Screen {
  const screen = { ratio: devicePixelRatio, forced: matchMedia("(forced-colors: active)").matches };
  if (now?.ratio !== screen.ratio || now.forced !== screen.forced) now = screen;
  return now;
}

function subscribe(changed: () => void): () => void {
  const forced = matchMedia("(forced-colors: active)");
  forced.addEventListener("change", changed);
  // Zooming the page, or moving it to another screen, changes its size in pixels too.
  addEventListener("resize", changed);
  return () => {
    forced.removeEventListener("change", changed);
    removeEventListener("resize", changed);
  };
}

/** What a canvas has to know of the screen that it is on. */
export const useScreen = (): Screen => useSyncExternalStore(subscribe, screenNow);
