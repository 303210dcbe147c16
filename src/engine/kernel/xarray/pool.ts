// SPDX-License-Identifier: GPL-2.0-only
// An XArray as plain numbers: a head, and all its nodes as columns of one pool.
//
// Models    struct xarray and struct xa_node, and the node cache behind them
// Left out  marks and flags; a node is given back at once instead of after a grace period, which only
//           a reader without a lock could tell

import {
  type Entry,
  type NodeId,
  POW2,
  XA_CHUNK_SHIFT,
  XA_CHUNK_SIZE,
  XA_NULL,
  xaIsNode,
  xaToNode,
} from "./entry.ts";

/** No node: the parent of the top node, the end of the free list. */
export const NO_NODE = -1;

/** Nodes whose slots lie in one block. */
const BLOCK_NODES = 16;

/**
 * The whole array. No locks inside: the caller holds what protects it. Column `x[id]` belongs to node `id`. The
 * columns move when the pool grows, so do not keep them across a store.
 *
 * The slots, nearly all there is to an array, lie in blocks that a copy shares until either side writes to one: a
 * world of a hundred thousand nodes is copied in a millisecond, and its checkpoints cost what differs.
 */
export interface Xarray {
  /** NULL, one entry that stands for index 0 alone, or the top node. */
  head: Entry;
  /** 64 slots a node, 16 nodes a block. Written through setSlot() and xaSlotsToWrite() alone. */
  blocks: Float64Array[];
  /** By block: 1 where no copy has it too. */
  own: number[];
  /** Index bits below one slot of the node: 0 for a leaf, else a multiple of 6. */
  shift: Uint8Array;
  /** The node's slot in its parent. */
  offset: Uint8Array;
  /** Slots that are not empty: entries, siblings, nodes. */
  count: Uint8Array;
  /** Slots that are value entries or siblings of one. Eight bits that wrap, as in the kernel. */
  nrValues: Uint8Array;
  /** Parent node, NO_NODE for the top; of a free node the next free one. */
  parent: Int32Array;
  /** First free node that was in use before, or NO_NODE. */
  freeHead: NodeId;
  /** Ids below this one have been handed out at least once. */
  nodesMade: number;
  /** Nodes in use now. */
  nodesUsed: number;
  /** Nodes ever taken and ever given back. */
  allocated: number;
  freed: number;
  /** How many nodes can still be taken before memory runs out; null: any number. */
  nodesLeft: number | null;
  /** Whether memory ever ran out in a store: nodes with nothing in them may have stayed. */
  ranOut: boolean;
}

/** An empty array. */
export const newXarray = (): Xarray => ({
  ...{ head: XA_NULL, blocks: [], own: [], ...columns(4), freeHead: NO_NODE },
  ...NOTHING_MADE,
});

/** A copy: whatever is stored in one is not seen in the other. Costs about eight bytes a node. */
export function copyXarray(xa: Xarray): Xarray {
  const n = xa.nodesMade;
  xa.own.fill(0);
  return {
    ...xa,
    blocks: xa.blocks.slice(),
    own: xa.own.slice(),
    shift: xa.shift.slice(0, n),
    offset: xa.offset.slice(0, n),
    count: xa.count.slice(0, n),
    nrValues: xa.nrValues.slice(0, n),
    parent: xa.parent.slice(0, n),
  };
}

/** The top node, or NO_NODE while the array is empty or holds one entry in its head. */
export const xaTop = (xa: Xarray): NodeId => (xaIsNode(xa.head) ? xaToNode(xa.head) : NO_NODE);

/** The 64 slots of a node, as a view to read. Not to be kept across a store. */
export function xaSlots(xa: Xarray, id: NodeId): Float64Array {
  const from = (id % BLOCK_NODES) * XA_CHUNK_SIZE;
  return blockOf(xa, id).subarray(from, from + XA_CHUNK_SIZE);
}

/** The 64 slots of a node, as a view to write to; counts nothing. Not to be kept across a store or a copy. */
export function xaSlotsToWrite(xa: Xarray, id: NodeId): Float64Array {
  const from = (id % BLOCK_NODES) * XA_CHUNK_SIZE;
  return ownBlockOf(xa, id).subarray(from, from + XA_CHUNK_SIZE);
}

/** What slot `offset` of node `id` holds. */
export const xaSlot = (xa: Xarray, id: NodeId, offset: number): Entry =>
  blockOf(xa, id)[(id % BLOCK_NODES) * XA_CHUNK_SIZE + offset] as Entry;

/** How many indices the head covers, from 0: one, or what fits under the top node. */
export const xaCovered = (head: Entry, xa: Xarray): number =>
  xaIsNode(head) ? POW2[xa.shift[xaToNode(head)]! + XA_CHUNK_SHIFT]! : 1;

/** Makes slot `offset` of `parent` (of the head, if NO_NODE) hold `entry`; counts nothing. */
export function setSlot(xa: Xarray, parent: NodeId, offset: number, entry: Entry): void {
  if (parent === NO_NODE) xa.head = entry;
  else ownBlockOf(xa, parent)[(parent % BLOCK_NODES) * XA_CHUNK_SIZE + offset] = entry;
}

/** Takes an empty node from the cache; its caller puts `xaMkNode(id)` where it belongs. NO_NODE where memory has run out. */
export function xaNodeAlloc(xa: Xarray, shift: number, parent: NodeId, offset: number): NodeId {
  if (xa.nodesLeft === 0) {
    xa.ranOut = true;
    return NO_NODE;
  }
  if (xa.nodesLeft !== null) xa.nodesLeft--;
  let id = xa.freeHead;
  if (id === NO_NODE) {
    if (xa.nodesMade === xa.shift.length) grow(xa);
    id = xa.nodesMade++;
    if (id % BLOCK_NODES === 0) {
      xa.blocks.push(new Float64Array(BLOCK_NODES * XA_CHUNK_SIZE));
      xa.own.push(1);
    }
  } else {
    xa.freeHead = xa.parent[id]!;
  }
  xa.shift[id] = shift;
  xa.offset[id] = offset;
  xa.parent[id] = parent;
  xa.nodesUsed++;
  xa.allocated++;
  return id;
}

/** Gives a node back, cleared. Nothing in the tree may name it any more. */
export function xaNodeFree(xa: Xarray, id: NodeId): void {
  const from = (id % BLOCK_NODES) * XA_CHUNK_SIZE;
  ownBlockOf(xa, id).fill(XA_NULL, from, from + XA_CHUNK_SIZE);
  xa.shift[id] = 0;
  xa.offset[id] = 0;
  xa.count[id] = 0;
  xa.nrValues[id] = 0;
  xa.parent[id] = xa.freeHead;
  xa.freeHead = id;
  xa.nodesUsed--;
  xa.freed++;
}

const NOTHING_MADE = {
  ...{ nodesMade: 0, nodesUsed: 0, allocated: 0, freed: 0 },
  ...{ nodesLeft: null, ranOut: false },
};

const columns = (capacity: number) => ({
  shift: new Uint8Array(capacity),
  offset: new Uint8Array(capacity),
  count: new Uint8Array(capacity),
  nrValues: new Uint8Array(capacity),
  parent: new Int32Array(capacity),
});

const blockOf = (xa: Xarray, id: NodeId): Float64Array =>
  xa.blocks[Math.floor(id / BLOCK_NODES)] as Float64Array;

/** The block of node `id` to write to: replaced by a copy of its own where it is shared. */
function ownBlockOf(xa: Xarray, id: NodeId): Float64Array {
  const k = Math.floor(id / BLOCK_NODES);
  const block = xa.blocks[k] as Float64Array;
  if (xa.own[k] === 1) return block;
  xa.own[k] = 1;
  const copy = block.slice();
  xa.blocks[k] = copy;
  return copy;
}

/** Four times the room: what is copied on the way stays a third of what there is, and untouched room costs nothing. */
function grow(xa: Xarray): void {
  const wider = columns(Math.max(4, xa.shift.length * 4));
  wider.shift.set(xa.shift);
  wider.offset.set(xa.offset);
  wider.count.set(xa.count);
  wider.nrValues.set(xa.nrValues);
  wider.parent.set(xa.parent);
  Object.assign(xa, wider);
}
