// SPDX-License-Identifier: GPL-2.0-only
import { useSyncExternalStore } from "react";

/** Below this width the rail is dropped; the style sheets say the same. */
const WIDE_PX = 1280;

/** Beside the 64 cells of the page axis: margins, label gutter, the panel's edge, and on a wide page the rail. */
const BESIDE_PX = { wide: 2 * 24 + 114 + 14 + 16 + 352, narrow: 16 + 86 + 14 };

/**
 * A cell is this wide at least and at most, in whole pixels. Less than the least cannot be read: a window below 640
 * pixels shows a part of the strip and scrolls the rest.
 */
const CELL_PX = { min: 8, max: 24 };

/** How wide one of the 64 cells is drawn on a page of `width` pixels. */
export function cellFor(width: number): number {
  const cell = Math.floor((width - BESIDE_PX[width < WIDE_PX ? "narrow" : "wide"]) / 64);
  return Math.min(Math.max(cell, CELL_PX.min), CELL_PX.max);
}

/** Paper is laid out as a page of this width; theme/base.css gives the sheet its size. */
const PAPER_PX = 1440;

/** From the moment before a page is printed, when the sheet does not hold yet, to the one after. */
let isForPaper = false;

const widthNow = (): number => (isForPaper || matchMedia("print").matches ? PAPER_PX : innerWidth);

function subscribe(changed: () => void): () => void {
  const printing = ({ type }: Event) => {
    isForPaper = type === "beforeprint";
    changed();
  };
  const paper = matchMedia("print");
  addEventListener("resize", changed);
  addEventListener("beforeprint", printing);
  addEventListener("afterprint", printing);
  paper.addEventListener("change", changed);
  return () => {
    removeEventListener("resize", changed);
    removeEventListener("beforeprint", printing);
    removeEventListener("afterprint", printing);
    paper.removeEventListener("change", changed);
  };
}

/** The width of a cell in the window or on paper as it is now; only a change of whole pixels draws anew. */
export const useCell = (): number => useSyncExternalStore(subscribe, () => cellFor(widthNow()));

/** Whether the window as it is now, or the paper, has room for a rail. */
export const useRail = (): boolean => useSyncExternalStore(subscribe, () => widthNow() >= WIDE_PX);
