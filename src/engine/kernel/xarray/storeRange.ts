// SPDX-License-Identifier: GPL-2.0-only
// Storing one entry over a range: as many runs of slots as the shape of the tree asks for (T-d).
//
// Models    xa_store_range()

import { fail, OK, type Result } from "../../errno.ts";
import { xasCreate } from "./create.ts";
import { type Entry, POW2, XA_NULL, xaIsInternal } from "./entry.ts";
import type { Xarray } from "./pool.ts";
import { xasStore } from "./store.ts";
import { newXas, XAS_NOMEM, xasSetOrder, xasSetRange, xasSize } from "./xas.ts";

/**
 * Stores `entry`, or XA_NULL, over `[first, last]`, both included (0..XA_INDEX_MAX).
 *
 * Over part of an existing multi-index entry it acts on that entry's whole slots: indices outside the range
 * may change, and indices inside may not (T-g).
 *
 * Context: whatever protects the array is held for writing.
 * Returns: EINVAL for an internal entry or `last < first`; both change nothing. ENOMEM, and then what was stored so far
 *          stays, as do nodes with nothing in them (T-r).
 */
export function xaStoreRange(xa: Xarray, first: number, last: number, entry: Entry): Result {
  if (xaIsInternal(entry)) return fail("EINVAL");
  if (last < first) return fail("EINVAL");

  const xas = newXas(xa, 0);
  if (entry !== XA_NULL) {
    // The far end first: the tree gets its final height before the first run is stored.
    xasSetOrder(xas, last, trailingZeros(last + 1));
    xasCreate(xas);
    if (xas.node === XAS_NOMEM) return fail("ENOMEM");
  }
  for (let index = first; index <= last; index += xasSize(xas)) {
    xasSetRange(xas, index, last);
    xasStore(xas, entry);
    if (xas.node === XAS_NOMEM) return fail("ENOMEM");
  }
  return OK;
}

/** How often `n` can be halved. `n` is at least 1 and at most 2^51. */
export function trailingZeros(n: number): number {
  let zeros = 0;
  while (n % POW2[zeros + 1]! === 0) zeros++;
  return zeros;
}
