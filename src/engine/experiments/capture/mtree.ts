// SPDX-License-Identifier: GPL-2.0-only
// QEMU's memory map, as `info mtree -f` prints it: which part of which RAM block lies where in guest physical memory.
//
// A map holds a flat view for each address space; the one whose root is `system` is what the guest sees. Its rows:
//   0000000000100000-000000003fffffff (prio 0, ram): ram0 @0000000000100000 KVM
// Left out: what -d and -o add, and rows of memory that no host page lies behind (i/o, ROM devices).

import { LOFF_MAX } from "../../units.ts";

/** Guest physical bytes [start, end) show block `block` from byte `offset` on. */
export interface MapRow {
  readonly start: bigint;
  readonly end: bigint;
  readonly block: string;
  readonly offset: bigint;
}

/** A RAM block, of which the map shows the first `bytes` or a part of them. */
export interface MapBlock {
  readonly name: string;
  readonly bytes: bigint;
}

export interface MemoryMap {
  /** The rows of type ram and rom, by guest address. */
  readonly rows: readonly MapRow[];
  /** Their blocks, in the order in which they first come. */
  readonly blocks: readonly MapBlock[];
}

export type MtreeRead =
  | { readonly ok: true; readonly map: MemoryMap }
  | { readonly ok: false; readonly problem: string };

/** Reads the text of a map. Never throws: a row that makes no sense is none. */
export function readMtree(text: string): MtreeRead {
  const views = flatViews(text);
  if (views === null) return NO_MAP;
  const rows = views.get("system");
  if (rows === undefined) {
    const roots = [...views.keys()].slice(0, 5).map((root) => root.slice(0, NAME_SHOWN));
    return problem(
      `the memory map has no flat view whose root is "system", which is what the guest sees, ` +
        `but only of ${roots.join(", ") || "nothing"}; take the whole output of "info mtree -f"`,
    );
  }
  if (rows.length === 0) {
    return problem(`the flat view of "system" has no row of ram or rom; take the map while the machine runs`);
  }
  rows.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  return { ok: true, map: { rows, blocks: blocksOf(rows) } };
}

const problem = (text: string): MtreeRead => ({ ok: false, problem: text });

const NO_MAP = problem(
  `this is no memory map; expected the flat view that QEMU's monitor prints for "info mtree -f", ` +
    `with lines such as "FlatView #0" and "Root memory region: system"`,
);

/** Guest physical addresses have at most 52 bits. */
const GUEST_PHYS_END = 2n ** 52n;
/** Longer names are cut in a message. */
const NAME_SHOWN = 64;
/** QEMU prints no longer line. */
const LINE_MAX = 4096;

/** The ram and rom rows of each flat view by its root; the first view of a root counts. Null where there is no view. */
function flatViews(text: string): Map<string, MapRow[]> | null {
  const views = new Map<string, MapRow[]>();
  let seen = false;
  let rows: MapRow[] | null = null;
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    const line = end - start > LINE_MAX ? "" : text.slice(start, end).trimEnd();
    start = end + 1;
    if (/^ *FlatView #\d+$/.test(line)) {
      seen = true;
      rows = null;
    } else if (seen) {
      const root = /^ *Root memory region: (.+)$/.exec(line)?.[1];
      if (root !== undefined) {
        rows = views.has(root) ? null : [];
        if (rows !== null) views.set(root, rows);
      } else if (rows !== null) {
        const row = rowOf(line);
        if (row !== null) rows.push(row);
      }
    }
  }
  return seen ? views : null;
}

const ROW = /^ *([0-9a-f]{16})-([0-9a-f]{16}) \(prio -?\d+, (?:nv-)?(?:ram|rom)\): (\P{Cc}+)$/u;
/** What may follow the name: the offset, the accelerators that know the row, its owner with -o. */
const AFTER_NAME = /^(.*?)(?: @([0-9a-f]{16}))?(?: KVM)*$/;

function rowOf(line: string): MapRow | null {
  const [, first, last, rest] = ROW.exec(line) ?? [];
  if (first === undefined || last === undefined || rest === undefined) return null;
  const [, block, at] = AFTER_NAME.exec(rest.replace(/ (?:owner|parent):\{.*$/, "")) ?? [];
  const start = BigInt(`0x${first}`);
  const end = BigInt(`0x${last}`) + 1n;
  const offset = at === undefined ? 0n : BigInt(`0x${at}`);
  if (block === undefined || block === "" || start >= end || end > GUEST_PHYS_END) return null;
  return offset + end - start > LOFF_MAX ? null : { start, end, block, offset };
}

/** A block is at least as large as the highest byte that the map shows of it. */
function blocksOf(rows: readonly MapRow[]): MapBlock[] {
  const bytes = new Map<string, bigint>();
  for (const { start, end, block, offset } of rows) {
    const reach = offset + end - start;
    const known = bytes.get(block) ?? 0n;
    bytes.set(block, reach > known ? reach : known);
  }
  return [...bytes].map(([name, size]) => ({ name, bytes: size }));
}
