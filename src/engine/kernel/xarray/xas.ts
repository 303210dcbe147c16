// SPDX-License-Identifier: GPL-2.0-only
// The operation state: which index or run of slots an operation is about, and where in the tree it stands.
//
// Models    struct xa_state, xas_set_order(), xas_set_range(), xas_size(), xas_max(), xas_move_index()
// Left out  errors other than -ENOMEM: refused entries are refused before

import type { NodeId } from "./entry.ts";
import { POW2, XA_CHUNK_MASK, XA_CHUNK_SHIFT, XA_CHUNK_SIZE } from "./entry.ts";
import type { Xarray } from "./pool.ts";
import { NO_NODE } from "./pool.ts";
import type { XaReads } from "./reads.ts";

/** Where a state stands if not in a node: at the head, beyond the last index, nowhere yet, nowhere as memory ran out. */
export const XAS_HEAD = NO_NODE;
export const XAS_BOUNDS = -2;
export const XAS_RESTART = -3;
export const XAS_NOMEM = -4;

/** Plain data; lives as long as one operation. */
export interface Xas {
  readonly xa: Xarray;
  index: number;
  /** A node id, or one of XAS_HEAD, XAS_BOUNDS, XAS_RESTART, XAS_NOMEM. */
  node: NodeId;
  /** The slot within `node`. Reaches 64 where a search leaves the node. */
  offset: number;
  /** The entry to be stored covers `sibs + 1` slots of a node of this shift. */
  shift: number;
  sibs: number;
  /** Where reads are counted, or null. */
  reads: XaReads | null;
}

/** A state for one index that has not walked yet. */
export const newXas = (xa: Xarray, index: number, reads: XaReads | null = null): Xas => ({
  xa,
  index,
  node: XAS_RESTART,
  offset: 0,
  shift: 0,
  sibs: 0,
  reads,
});

/** True while the state stands at the head or in a node. */
export const xasValid = (xas: Xas): boolean => xas.node >= XAS_HEAD;

/** The slot that leads to `index` in a node of `shift`. Not `>>`: an index has up to 51 bits. */
export const getOffset = (index: number, shift: number): number => (index / POW2[shift]!) & XA_CHUNK_MASK;

/** Aims the state at the `2 ** order` indices around `index`, order 0..51. */
export function xasSetOrder(xas: Xas, index: number, order: number): void {
  xas.index = Math.floor(index / POW2[order]!) * POW2[order]!;
  xas.node = XAS_RESTART;
  xas.shift = order - (order % XA_CHUNK_SHIFT);
  xas.sibs = POW2[order % XA_CHUNK_SHIFT]! - 1;
}

/**
 * Aims the state at the longest run that starts at `first`, does not pass `last`, and is whole slots of one
 * node. A range that fits no such run is stored as several entries (T-d).
 */
export function xasSetRange(xas: Xas, first: number, last: number): void {
  let shift = 0;
  let head = first;
  // Distance to `last`, in slots of the level looked at.
  let distance = last - first;
  // Set once the level below ended short of a whole chunk; then an exact chunk stays where it is.
  let ragged = XA_CHUNK_MASK;
  while ((head & XA_CHUNK_MASK) === 0 && distance >= XA_CHUNK_MASK) {
    if (distance === XA_CHUNK_MASK && ragged < XA_CHUNK_MASK) break;
    if (ragged === XA_CHUNK_MASK) ragged = distance & XA_CHUNK_MASK;
    distance = Math.floor(distance / XA_CHUNK_SIZE);
    head = head / XA_CHUNK_SIZE;
    shift += XA_CHUNK_SHIFT;
  }

  let sibs = Math.min(distance, XA_CHUNK_MASK - (head & XA_CHUNK_MASK));
  if ((head + sibs + 1) * POW2[shift]! - 1 > last) sibs--;
  xas.index = first;
  xas.node = XAS_RESTART;
  xas.shift = shift;
  xas.sibs = sibs;
}

/** How many indices the entry to be stored covers. */
export const xasSize = (xas: Xas): number => (xas.sibs + 1) * POW2[xas.shift]!;

/**
 * The highest index the tree must cover before the entry can be stored. The head holds index 0 alone, so an
 * entry that starts at 0 and fills what the tree would cover asks for one level more.
 */
export function xasMax(xas: Xas): number {
  if (xas.shift === 0 && xas.sibs === 0) return xas.index;
  const slot = Math.floor(xas.index / POW2[xas.shift]!);
  const offset = slot & XA_CHUNK_MASK;
  const max = (slot - offset + (offset | xas.sibs) + 1) * POW2[xas.shift]! - 1;
  return max === xasSize(xas) - 1 ? max + 1 : max;
}

/** Moves the index to the first one under slot `offset` (0..64) of the state's node. */
export function xasMoveIndex(xas: Xas, offset: number): void {
  const shift = xas.xa.shift[xas.node]!;
  const covered = POW2[shift + XA_CHUNK_SHIFT]!;
  xas.index = Math.floor(xas.index / covered) * covered + offset * POW2[shift]!;
}
