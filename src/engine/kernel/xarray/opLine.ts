// SPDX-License-Identifier: GPL-2.0-only
// Runs one op and writes down what recordings write down of it.

import { ERRNO, type Result } from "../../errno.ts";
import { FNV_OFFSET_BASIS, fnv1a32, fnvHex, fnvStep } from "../../fnv.ts";
import { xaEntries } from "./entries.ts";
import { xaEntryText } from "./entry.ts";
import { type XaFound, xaFind, xaFindAfter } from "./find.ts";
import { xaEmpty, xaGetOrder, xaLoad } from "./load.ts";
import { CHANGING, UNLIMITED, type XaArg, type XaOp } from "./op.ts";
import type { Xarray } from "./pool.ts";
import { newReads, type XaReads } from "./reads.ts";
import { xaDestroy } from "./shrink.ts";
import { type XaStored, xaErase, xaStore, xaStoreOrder } from "./store.ts";
import { xaStoreRange } from "./storeRange.ts";
import { type XaDumpNode, xaDump } from "./dump.ts";
import { xaForEachRange } from "./walk.ts";

/** Whoever runs a foreign script stops above so many nodes: after each op the whole tree is listed. */
export const XA_NODES_MAX = 100_000;

/** Where the tree, the visits and the node count stop being written out. */
const TREE_NODES_MAX = 400;
const TREE_TEXT_MAX = 6000;
const VISITS_MAX = 128;
const NODES_READ_MAX = 4096;

/** One line of a recording; its fields in the order in which they are printed. */
export interface XaOpLine {
  readonly i: number;
  readonly op: string;
  readonly a: readonly XaArg[];
  readonly r: XaOpResult;
  /** Slot reads, and distinct nodes read or null from 4096 on. */
  readonly w?: readonly [number, number | null];
  readonly nodes?: number;
  readonly alloc?: number;
  readonly free?: number;
  readonly ents?: number;
  readonly th?: string;
  readonly eh?: string;
  readonly t?: null | string | XaDumpNode;
}

export type XaOpResult =
  | number
  | string
  | boolean
  | null
  | readonly [string | null, number]
  | { readonly n: number; readonly h: string; readonly v?: readonly (readonly [number, string])[] };

/** Runs op number `i` on `xa` and returns its line. Changes `xa` if the op is one that does. */
export function runOp(xa: Xarray, i: number, op: XaOp): XaOpLine {
  const { allocated, freed } = xa;
  const line = { i, op: op.op, a: op.a, ...resultOf(xa, op) };
  if (CHANGING.has(op.op)) {
    return {
      ...line,
      nodes: xa.nodesUsed,
      alloc: xa.allocated - allocated,
      free: xa.freed - freed,
      ...dumpOf(xa, op),
    };
  }
  return op.op === "dump" ? { ...line, nodes: xa.nodesUsed, ...dumpOf(xa, op) } : line;
}

function resultOf(xa: Xarray, { op, args }: XaOp): Pick<XaOpLine, "r" | "w"> {
  const [a = 0, b = 0, c = 0] = args;
  switch (op) {
    case "store":
      return { r: stored(xaStore(xa, a, b)) };
    case "store_order":
      return { r: stored(xaStoreOrder(xa, a, b, c)) };
    case "store_range":
      return { r: errnoOf(xaStoreRange(xa, a, b, c)) };
    case "erase_range":
      return { r: errnoOf(xaStoreRange(xa, a, b, 0)) };
    case "erase":
      return { r: xaEntryText(xaErase(xa, a)) };
    case "destroy":
      xaDestroy(xa);
      return { r: null };
    case "load":
      return counted((reads) => xaEntryText(xaLoad(xa, a, reads)));
    case "get_order":
      return { r: xaGetOrder(xa, a) };
    case "find":
      return counted((reads) => found(xaFind(xa, a, b, reads), a));
    case "find_after":
      return counted((reads) => found(xaFindAfter(xa, a, b, reads), a));
    case "for_each_range": {
      const { visits, walk } = xaForEachRange(xa, a, b);
      return { r: visited(visits), w: readsOf(walk) };
    }
    case "empty":
      return { r: xaEmpty(xa) };
    case "alloc_limit":
      xa.nodesLeft = a === UNLIMITED ? null : a;
      return { r: null };
    case "dump":
      return { r: null };
  }
}

const errnoOf = (result: Result): number => (result.ok ? 0 : -ERRNO[result.errno]);

const stored = (result: XaStored): XaOpResult => (result.ok ? xaEntryText(result.old) : errnoOf(result));

const found = (at: XaFound | null, index: number): XaOpResult =>
  at === null ? [null, index] : [xaEntryText(at.entry), at.index];

function counted(read: (reads: XaReads) => XaOpResult): Pick<XaOpLine, "r" | "w"> {
  const reads = newReads();
  const r = read(reads);
  return { r, w: readsOf(reads) };
}

function readsOf(reads: XaReads): [number, number | null] {
  const nodes = reads.nodesRead.length;
  return [reads.slotsRead, nodes < NODES_READ_MAX ? nodes : null];
}

function visited(visits: readonly XaFound[]): XaOpResult {
  let hash = FNV_OFFSET_BASIS;
  for (const { index, entry } of visits) hash = fnvStep(hash, `${index}:${xaEntryText(entry)};`);
  const r = { n: visits.length, h: fnvHex(hash) };
  if (visits.length > VISITS_MAX) return r;
  return { ...r, v: visits.map(({ index, entry }) => [index, xaEntryText(entry)!] as const) };
}

function dumpOf(xa: Xarray, { op }: XaOp): Pick<XaOpLine, "ents" | "th" | "eh" | "t"> {
  const runs = xaEntries(xa);
  const t = xaDump(xa);
  const text = JSON.stringify(t);
  let eh = FNV_OFFSET_BASIS;
  for (const { first, last, entry } of runs) eh = fnvStep(eh, `${first}-${last}=${xaEntryText(entry)};`);
  const hashes = { ents: runs.length, th: fnv1a32(text), eh: fnvHex(eh) };
  const writtenOut = xa.nodesUsed <= TREE_NODES_MAX && (text.length <= TREE_TEXT_MAX || op === "dump");
  return writtenOut ? { ...hashes, t } : hashes;
}
