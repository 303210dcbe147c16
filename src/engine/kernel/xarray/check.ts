// SPDX-License-Identifier: GPL-2.0-only
// Could the kernel's code have built this? If not, ours is broken.
//
// Holds   I26 (levels and counts; a node may be empty once a store ran out of memory), I27 (siblings), I28 (entries and look-ups), I29 (what the top covers)
// Leaves  nr_values alone: a store of the other kind into a multi-index entry makes it drift, in C too

import { ModelBug } from "../../assert.ts";
import {
  type NodeId,
  XA_CHUNK_SHIFT,
  XA_NULL,
  xaIsInternal,
  xaIsNode,
  xaIsSibling,
  xaToNode,
  xaToSibling,
} from "./entry.ts";
import { xaEntries } from "./entries.ts";
import { xaLoad } from "./load.ts";
import { NO_NODE, type Xarray, xaCovered, xaSlots, xaTop } from "./pool.ts";

/**
 * Throws ModelBug unless the array is one that stores and erases can lead to.
 * Context: between operations, with whatever protects the array held for reading.
 */
export function xaCheck(xa: Xarray): void {
  const top = xaTop(xa);
  let reachable = 0;
  if (top === NO_NODE) {
    claim(
      !xaIsInternal(xa.head),
      () => `head: internal entry ${xa.head} where an entry or NULL belongs (I29)`,
    );
  } else {
    claim(
      xa.shift[top]! % XA_CHUNK_SHIFT === 0,
      () => `top node ${top}: shift ${xa.shift[top]} is no multiple of 6 (I26)`,
    );
    reachable = checkNode(xa, top, NO_NODE, 0);
  }
  checkPool(xa, reachable);
  checkEntries(xa);
}

/** Returns how many nodes there are from `id` down. */
function checkNode(xa: Xarray, id: NodeId, parent: NodeId, offset: number): number {
  const shift = xa.shift[id]!;
  claim(id < xa.nodesMade, () => `node ${id}: never handed out, ${xa.nodesMade} were (I26)`);
  claim(xa.parent[id] === parent, () => `node ${id}: parent ${xa.parent[id]} ≠ ${parent} (I26)`);
  claim(xa.offset[id] === offset, () => `node ${id}: offset ${xa.offset[id]} ≠ slot ${offset} (I26)`);
  const row = xaSlots(xa, id);
  let occupied = 0;
  let nodes = 1;
  // The slot whose entry the siblings from here on belong to.
  let own = row.length;
  for (let slot = 0; slot < row.length; slot++) {
    const entry = row[slot]!;
    if (entry === XA_NULL) {
      own = row.length;
      continue;
    }
    occupied++;
    if (xaIsSibling(entry)) {
      // All slots from `own` to here are one entry, so naming any of them leads back to it.
      const named = xaToSibling(entry);
      if (named < own || named >= slot) {
        throw new ModelBug(`node ${id} slot ${slot}: sibling of slot ${named}, not of ${own} (I27)`);
      }
      continue;
    }
    own = row.length;
    if (xaIsNode(entry)) {
      const child = xaToNode(entry);
      const below = shift - XA_CHUNK_SHIFT;
      claim(
        xa.shift[child] === below,
        () => `node ${child}: shift ${xa.shift[child]} ≠ ${below} under node ${id} (I26)`,
      );
      nodes += checkNode(xa, child, id, slot);
    } else {
      claim(!xaIsInternal(entry), () => `node ${id} slot ${slot}: internal entry ${entry} (I27)`);
      own = slot;
    }
  }
  claim(occupied > 0 || xa.ranOut, () => `node ${id}: empty, and still in the tree (I26)`);
  claim(xa.count[id] === occupied, () => `node ${id}: count ${xa.count[id]} ≠ ${occupied} slots (I26)`);
  return nodes;
}

function checkPool(xa: Xarray, reachable: number): void {
  claim(
    xa.nodesUsed === reachable,
    () => `pool: ${xa.nodesUsed} nodes in use ≠ ${reachable} in the tree (I26)`,
  );
  const live = xa.allocated - xa.freed;
  claim(
    live === reachable,
    () => `pool: ${xa.allocated} taken less ${xa.freed} given back ≠ ${reachable} in the tree (I26)`,
  );
  let free = 0;
  for (let id = xa.freeHead; id !== NO_NODE && free <= xa.nodesMade; id = xa.parent[id]!) free++;
  const spare = xa.nodesMade - reachable;
  claim(
    free === spare,
    () => `pool: ${free} nodes on the free list ≠ ${spare} made and not in the tree (I26)`,
  );
}

function checkEntries(xa: Xarray): void {
  const covered = xaCovered(xa.head, xa);
  let next = 0;
  for (const { first, last, entry } of xaEntries(xa)) {
    claim(first >= next, () => `entry at ${first}: begins before the one below ends, at ${next - 1} (I28)`);
    claim(
      last < covered,
      () => `entry at ${first}: ends at ${last}, the head covers ${covered} indices (I29)`,
    );
    for (const index of [first, last]) {
      const found = xaLoad(xa, index);
      claim(found === entry, () => `index ${index}: loads ${found}, the entry there is ${entry} (I28)`);
    }
    next = last + 1;
  }
}

/** The message is made only where the claim fails: this runs over every node, after every step. */
function claim(holds: boolean, message: () => string): void {
  if (!holds) throw new ModelBug(message());
}
