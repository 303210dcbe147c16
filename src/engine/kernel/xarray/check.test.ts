// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { xaCheck } from "./check.ts";
import { XA_NULL, xaMkPointer, xaMkSibling } from "./entry.ts";
import { newXarray, type Xarray, xaSlots, xaTop } from "./pool.ts";
import { xaStoreRange } from "./storeRange.ts";

/** [100..611]: top node, leaf under slot 1 (28 slots used), entry over slots 2..8, leaf under slot 9. */
function tree(): Xarray {
  const xa = newXarray();
  xaStoreRange(xa, 100, 611, xaMkPointer(3));
  return xa;
}

it("a tree that stores built passes", () => {
  expect(() => xaCheck(tree())).not.toThrow();
});

it.each<[what: string, breaks: (xa: Xarray, top: number) => void, says: RegExp]>([
  ["a count that is off by one", (xa, top) => xa.count[top]!++, /count 10 ≠ 9 slots \(I26\)/],
  ["a shift that is no multiple of 6", (xa, top) => (xa.shift[top] = 7), /shift 7 is no multiple of 6/],
  ["a child of the wrong level", (xa, top) => (xa.shift[top] = 12), /shift 0 ≠ 6 under node/],
  ["a wrong parent", (xa, top) => (xa.parent[top] = 2), /parent 2 ≠ -1/],
  ["a wrong offset", (xa, top) => (xa.offset[top] = 1), /offset 1 ≠ slot 0/],
  ["a lost node", (xa, top) => clear(xa, top, 9), /3 nodes in use ≠ 2 in the tree/],
  ["siblings behind nothing", (xa, top) => clear(xa, top, 2), /slot 3: sibling of slot 2/],
  ["a hole among siblings", (xa, top) => clear(xa, top, 5), /slot 6: sibling of slot 2/],
  [
    "a sibling of a later slot",
    (xa, top) => (xaSlots(xa, top)[4] = xaMkSibling(6)),
    /slot 4: sibling of slot 6/,
  ],
  ["a sibling in the head", (xa) => (xa.head = xaMkSibling(0)), /head: internal entry/],
  ["a node on the free list that is in use", (xa) => (xa.freeHead = 0), /on the free list/],
  ["an empty node", emptyNode, /empty, and still in the tree/],
])("%s throws, naming the place", (_what, breaks, says) => {
  const xa = tree();
  breaks(xa, xaTop(xa));
  expect(() => xaCheck(xa)).toThrow(says);
});

function clear(xa: Xarray, node: number, slot: number): void {
  xaSlots(xa, node)[slot] = XA_NULL;
  xa.count[node] = xa.count[node]! - 1;
}

function emptyNode(xa: Xarray): void {
  const leaf = xa.shift.findIndex((shift, id) => shift === 0 && id < xa.nodesMade);
  xaSlots(xa, leaf).fill(XA_NULL);
  xa.count[leaf] = 0;
}
