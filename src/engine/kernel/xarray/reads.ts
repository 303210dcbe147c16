// SPDX-License-Identifier: GPL-2.0-only
// The bill of a read: how many slots were looked at, and in which nodes.

import type { NodeId } from "./entry.ts";

/**
 * Counts of one read, or of several that move forward through an array that does not change meanwhile.
 * Looking at the head is free.
 */
export interface XaReads {
  /** Looks at a slot of a node; sibling hops and skipped slots included. */
  slotsRead: number;
  /** Distinct nodes, in the order in which they were first read. */
  nodesRead: NodeId[];
  /** The node last read at each level, by shift / 6. */
  lastAtLevel: NodeId[];
}

/** Nothing read yet. */
export const newReads = (): XaReads => ({ slotsRead: 0, nodesRead: [], lastAtLevel: [] });

/** Counts one look at a slot of `node`, whose shift is `shift`. */
export function countSlotRead(reads: XaReads, node: NodeId, shift: number): void {
  reads.slotsRead++;
  const level = shift / 6;
  // A read that only moves forward never comes back to a node that it left for the next one of its level.
  if (reads.lastAtLevel[level] === node) return;
  reads.lastAtLevel[level] = node;
  reads.nodesRead.push(node);
}
