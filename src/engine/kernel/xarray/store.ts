// SPDX-License-Identifier: GPL-2.0-only
// Storing an entry in a slot and its siblings; storing NULL is how anything is erased.
//
// Models    xas_store(), xa_store(), xa_erase(), and a store by XA_STATE_ORDER
// Left out  marks

import { type Errno, fail } from "../../errno.ts";
import { xasCreate } from "./create.ts";
import {
  type Entry,
  XA_CHUNK_MASK,
  XA_NULL,
  xaIsInternal,
  xaIsNode,
  xaIsSibling,
  xaIsValue,
  xaMkSibling,
  xaToNode,
} from "./entry.ts";
import { xasLoad } from "./load.ts";
import { setSlot, type Xarray, xaSlot } from "./pool.ts";
import { xasDeleteNode, xasFreeNodes } from "./shrink.ts";
import { newXas, XAS_HEAD, XAS_NOMEM, type Xas, xasSetOrder, xasValid } from "./xas.ts";

/** What a store answers: the entry that was there, or why it refused. */
export type XaStored =
  | { readonly ok: true; readonly old: Entry }
  | { readonly ok: false; readonly errno: Errno };

/**
 * Stores `entry` at `index` (0..XA_INDEX_MAX). Inside a multi-index entry it replaces that whole entry.
 *
 * Context: whatever protects the array is held for writing.
 * Returns: the old entry; EINVAL for an internal entry, which changes nothing; ENOMEM.
 */
export function xaStore(xa: Xarray, index: number, entry: Entry): XaStored {
  if (xaIsInternal(entry)) return fail("EINVAL") as XaStored;
  return answered(newXas(xa, index), entry);
}

/**
 * Stores `entry` for the `2 ** order` indices (order 0..51) around `index`, as one entry unless a larger one
 * is in the way.
 *
 * Context: whatever protects the array is held for writing.
 * Returns: what xasStore returned, possibly a node; EINVAL for an internal entry; ENOMEM.
 */
export function xaStoreOrder(xa: Xarray, index: number, order: number, entry: Entry): XaStored {
  if (xaIsInternal(entry)) return fail("EINVAL") as XaStored;
  const xas = newXas(xa, index);
  xasSetOrder(xas, index, order);
  return answered(xas, entry);
}

function answered(xas: Xas, entry: Entry): XaStored {
  const old = xasStore(xas, entry);
  return xas.node === XAS_NOMEM ? (fail("ENOMEM") as XaStored) : { ok: true, old };
}

/** Erases the whole entry that covers `index` and returns it. Context: as for xaStore. */
export const xaErase = (xa: Xarray, index: number): Entry => xasStore(newXas(xa, index), XA_NULL);

/**
 * Stores `entry`, or NULL, where the state says. Acts on whole slots from the slot of the entry that is there:
 * over part of a larger entry it changes indices outside the state's range (T-g).
 *
 * Returns: what was in the first slot; for several slots what was in the last of them that began something.
 */
export function xasStore(xas: Xas, entry: Entry): Entry {
  const { xa } = xas;
  let first = entry === XA_NULL ? xasLoad(xas) : xasCreate(xas);
  if (!xasValid(xas)) return first;
  const { node } = xas;
  if (node === XAS_HEAD) {
    xa.head = entry;
    if (xaIsNode(first)) xasFreeNodes(xa, xaToNode(first));
    return first;
  }
  if (xas.shift < xa.shift[node]!) xas.sibs = 0;
  if (first === entry && xas.sibs === 0) return first;

  const max = xas.offset + xas.sibs;
  const notValue = xaIsValue(entry) ? 0 : 1;
  let written = entry;
  let replaced = first;
  let count = 0;
  let values = 0;
  for (let offset = xas.offset; ; ) {
    setSlot(xa, node, offset, written);
    if (xaIsNode(replaced)) xasFreeNodes(xa, xaToNode(replaced));
    count += (replaced === XA_NULL ? 1 : 0) - (written === XA_NULL ? 1 : 0);
    values += (xaIsValue(first) ? 0 : 1) - notValue;
    if (entry !== XA_NULL) {
      if (offset === max) break;
      written = xaMkSibling(xas.offset);
    } else if (offset === XA_CHUNK_MASK) {
      break;
    }
    offset++;
    replaced = xaSlot(xa, node, offset);
    if (!xaIsSibling(replaced)) {
      // NULL goes on over the siblings of what it erased last, and stops at the next slot of its own.
      if (entry === XA_NULL && offset > max) break;
      first = replaced;
    }
  }

  // Siblings beyond `max` keep the kind they were counted as, so this count can drift; the kernel's does.
  xa.count[node] = xa.count[node]! + count;
  xa.nrValues[node] = xa.nrValues[node]! + values;
  if (count < 0) xasDeleteNode(xa, node);
  return first;
}
