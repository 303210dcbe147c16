// SPDX-License-Identifier: GPL-2.0-only
// What a slot can hold, told apart by the two low bits of a number.
//
// Models    the entry encoding of include/linux/xarray.h
// Left out  tagged pointers; retry and zero entries, which only lock-free readers and reservations meet

/** 64 slots to a node, so each level of the tree decides six bits of an index. */
export const XA_CHUNK_SHIFT = 6;
export const XA_CHUNK_SIZE = 64;
export const XA_CHUNK_MASK = 63;

/** `2 ** shift` without calling pow, for every shift a node can have and one level more. */
export const POW2 = Float64Array.from({ length: 64 }, (_, shift) => 2 ** shift);

/** Highest index that can be stored at: the last page of the largest file. */
export const XA_INDEX_MAX = 2 ** 51 - 1;

/** Upper limit of a find or walk that has none. One more than C's, which a double cannot hold; no index is near. */
export const ULONG_MAX = 2 ** 64;

/** Largest N of a pointer, value or internal entry: its code still is an exact double. */
export const XA_ENTRY_MAX = 2 ** 51 - 1;

/** Low bits 00: pointer (0: NULL). Low bit 1: value. Low bits 10: internal, that is sibling or node. */
export type Entry = number;

/** A node's place in the pool. Reused once the node is freed. */
export type NodeId = number;

export const XA_NULL: Entry = 0;

/** Internal numbers below this one stay free for siblings and the kernel's other marks; nodes come above. */
const NODE_BASE = 1024;

/** The entry for a pointer to object `n`. Object 0 is not NULL. */
export const xaMkPointer = (n: number): Entry => (n + 1) * 4;
export const xaMkValue = (n: number): Entry => n * 2 + 1;
export const xaMkInternal = (n: number): Entry => n * 4 + 2;
export const xaMkSibling = (offset: number): Entry => xaMkInternal(offset);
export const xaMkNode = (node: NodeId): Entry => xaMkInternal(NODE_BASE + node);

export const xaToPointer = (entry: Entry): number => entry / 4 - 1;
export const xaToValue = (entry: Entry): number => (entry - 1) / 2;
export const xaToInternal = (entry: Entry): number => (entry - 2) / 4;
export const xaToSibling = (entry: Entry): number => xaToInternal(entry);
export const xaToNode = (entry: Entry): NodeId => xaToInternal(entry) - NODE_BASE;

// `&` takes a double modulo 2^32 first: the low bits are exact whatever the size of the number.
export const xaIsValue = (entry: Entry): boolean => (entry & 1) === 1;
export const xaIsInternal = (entry: Entry): boolean => (entry & 3) === 2;
export const xaIsPointer = (entry: Entry): boolean => (entry & 3) === 0 && entry !== XA_NULL;

/** Slot 63 cannot have a sibling after it, so no sibling ever names it. */
export const xaIsSibling = (entry: Entry): boolean => xaIsInternal(entry) && entry < XA_CHUNK_MASK * 4 + 2;
export const xaIsNode = (entry: Entry): boolean => xaIsInternal(entry) && entry > 4096;

/**
 * An entry as recordings and pictures write it: null, `p3`, `v3`, `sib:2`, `node`; any other internal entry
 * is `x3`.
 */
export function xaEntryText(entry: Entry): string | null {
  if (entry === XA_NULL) return null;
  if (xaIsValue(entry)) return `v${xaToValue(entry)}`;
  if (xaIsPointer(entry)) return `p${xaToPointer(entry)}`;
  if (xaIsSibling(entry)) return `sib:${xaToSibling(entry)}`;
  return xaIsNode(entry) ? "node" : `x${xaToInternal(entry)}`;
}
