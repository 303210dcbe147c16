// SPDX-License-Identifier: GPL-2.0-only
// Searching upward for the next entry that is there.
//
// Models    xas_find(), xa_find(), xa_find_after() with XA_PRESENT
// Left out  searches by mark

import {
  POW2,
  type Entry,
  XA_CHUNK_MASK,
  XA_CHUNK_SIZE,
  XA_NULL,
  xaIsNode,
  xaIsSibling,
  xaToNode,
} from "./entry.ts";
import { xasEntry, xasLoad } from "./load.ts";
import type { Xarray } from "./pool.ts";
import type { XaReads } from "./reads.ts";
import { newXas, XAS_BOUNDS, XAS_HEAD, XAS_RESTART, type Xas, xasMoveIndex, xasValid } from "./xas.ts";

/** An entry and the index it was found at: the start of the search if that lies inside it, else its first. */
export interface XaFound {
  readonly index: number;
  readonly entry: Entry;
}

/**
 * The entry with the lowest index in `[index, max]`, or null.
 * Context: whatever protects the array is held for reading.
 */
export function xaFind(xa: Xarray, index: number, max: number, reads: XaReads | null = null): XaFound | null {
  const xas = newXas(xa, index, reads);
  const entry = xasFind(xas, max);
  return entry === XA_NULL ? null : { index: xas.index, entry };
}

/**
 * The next entry above `index` and up to `max`, or null. The rest of a multi-index entry that covers `index`
 * is stepped over. Context: as for xaFind.
 */
export function xaFindAfter(
  xa: Xarray,
  index: number,
  max: number,
  reads: XaReads | null = null,
): XaFound | null {
  const xas = newXas(xa, index + 1, reads);
  while (true) {
    const entry = xasFind(xas, max);
    if (!xasValid(xas)) return null;
    if (xasSibling(xas)) continue;
    return entry === XA_NULL ? null : { index: xas.index, entry };
  }
}

/** From a fresh state the first entry at or above its index, afterwards the next one; XA_NULL beyond `max`. */
function xasFind(xas: Xas, max: number): Entry {
  if (xas.node === XAS_BOUNDS) return XA_NULL;
  if (xas.index > max || xas.node === XAS_HEAD) return setBounds(xas);

  if (xas.node === XAS_RESTART) {
    const entry = xasLoad(xas);
    if (entry !== XA_NULL || xas.node < 0) return entry;
  } else if (xas.xa.shift[xas.node] === 0 && xas.offset !== (xas.index & XA_CHUNK_MASK)) {
    // Landed in the middle of an entry of a leaf: go on from the index, not from the entry's own slot.
    xas.offset = ((xas.index - 1) & XA_CHUNK_MASK) + 1;
  }

  xasNextOffset(xas);
  while (xas.node !== XAS_HEAD && xas.index <= max) {
    if (xas.offset === XA_CHUNK_SIZE) {
      xas.offset = xas.xa.offset[xas.node]! + 1;
      xas.node = xas.xa.parent[xas.node]!;
      continue;
    }
    const entry = xasEntry(xas, xas.node, xas.offset);
    if (xaIsNode(entry)) {
      xas.node = xaToNode(entry);
      xas.offset = 0;
      continue;
    }
    if (entry !== XA_NULL && !xaIsSibling(entry)) return entry;
    xasNextOffset(xas);
  }
  if (xas.node === XAS_HEAD) xas.node = XAS_BOUNDS;
  return XA_NULL;
}

function xasNextOffset(xas: Xas): void {
  xas.offset++;
  xasMoveIndex(xas, xas.offset);
}

/** True where the state's index lies behind the first slot of the entry that the state stands at. */
function xasSibling(xas: Xas): boolean {
  if (xas.node === XAS_HEAD) return false;
  const slot = POW2[xas.xa.shift[xas.node]!]!;
  return xas.index % (slot * XA_CHUNK_SIZE) > xas.offset * slot;
}

function setBounds(xas: Xas): Entry {
  xas.node = XAS_BOUNDS;
  return XA_NULL;
}
