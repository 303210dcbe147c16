// SPDX-License-Identifier: GPL-2.0-only
// The slots that a memory map gives a log which has none of its own: one for each row of a block that is a file of the
// log, as KVM would lay them.
//
// Left out: rows that are not whole pages, which KVM does not take either.

import { isPageAligned, PAGE_SIZE, pgoffOf } from "../../units.ts";
import type { OperationDocument } from "../scenarios/document.ts";
import { matchBlocks } from "./blocks.ts";
import { type CapturedFile, fileName, sizeIsKnown, sizeOf } from "./file.ts";
import { listOf } from "./listOf.ts";
import type { MapBlock, MemoryMap } from "./mtree.ts";
import { vmName } from "./vmm.ts";

/** A block of the map and the file that it is, null where the log has none for it. */
export interface BlockMatch {
  readonly block: string;
  readonly pages: number;
  readonly file: string | null;
}

export interface MapLaid {
  /** Of VM 0, by guest address, numbered from 0. */
  readonly slots: readonly OperationDocument[];
  readonly blocks: readonly BlockMatch[];
  readonly notes: readonly string[];
  /** Why the map cannot be used; the rest is then empty. */
  readonly problem: string | null;
}

/** A scenario's largest slot id, plus one. */
const SLOTS_MAX = 65_536;

/** Lays the slots of `map` over `files`. A file of unknown size grows to that of its block. */
export function layMap(map: MemoryMap, files: readonly CapturedFile[]): MapLaid {
  const told = new Map(files.map((file) => [file, sizeIsKnown(file) ? sizeOf(file) : null]));
  const matched = matchBlocks(map.blocks, files);
  if (!matched.ok) return { slots: [], blocks: [], notes: [], problem: matched.problem };
  const { fileOf } = matched;
  const slots = slotsOf(map, fileOf);
  const notes = [...guessed(fileOf, told), ...unmatched(map, files, fileOf)];
  if (slots.length > SLOTS_MAX) {
    notes.push(
      `The map gives ${slots.length} slots, and a VM has at most ${SLOTS_MAX}; the others are left out.`,
    );
  }
  return { slots: slots.slice(0, SLOTS_MAX), blocks: map.blocks.map(matchOf), notes, problem: null };

  function matchOf(block: MapBlock): BlockMatch {
    const file = fileOf.get(block);
    return {
      block: block.name,
      pages: pagesOf(block.bytes),
      file: file === undefined ? null : fileName(file.index!),
    };
  }
}

const pagesOf = (bytes: bigint): number => pgoffOf(bytes + PAGE_SIZE - 1n);

function slotsOf(
  { rows, blocks }: MemoryMap,
  fileOf: ReadonlyMap<MapBlock, CapturedFile>,
): OperationDocument[] {
  const fileOfName = new Map(blocks.map((block) => [block.name, fileOf.get(block)]));
  const slots: OperationDocument[] = [];
  for (const { start, end, block, offset } of rows) {
    const file = fileOfName.get(block);
    if (file === undefined || ![start, end, offset].every(isPageAligned)) continue;
    slots.push({
      op: "createSlot",
      vm: vmName(0),
      slot: slots.length,
      gfn: pgoffOf(start),
      pages: pgoffOf(end - start),
      file: fileName(file.index!),
      pgoff: pgoffOf(offset),
    });
  }
  return slots;
}

/** What was taken for each other although the log does not tell the same size. */
function guessed(
  fileOf: ReadonlyMap<MapBlock, CapturedFile>,
  told: ReadonlyMap<CapturedFile, bigint | null>,
): string[] {
  const pairs = [...fileOf].filter(([block, file]) => told.get(file) !== block.bytes);
  if (pairs.length === 0) return [];
  const named = pairs.map(([block, file]) => {
    const size = told.get(file);
    const says = size === null || size === undefined ? "of unknown size" : `of ${size} bytes`;
    return `${block.name.slice(0, 64)} (${block.bytes} bytes) is ${fileName(file.index!)} (${says})`;
  });
  return [`Guessed, since no file of the log has the size of the block: ${listOf(named)}.`];
}

function unmatched(
  { blocks }: MemoryMap,
  files: readonly CapturedFile[],
  fileOf: ReadonlyMap<MapBlock, CapturedFile>,
): string[] {
  const found = new Set(fileOf.values());
  const alone = blocks.filter((block) => !fileOf.has(block)).map((block) => block.name.slice(0, 64));
  const unplaced = files.filter((file) => !found.has(file)).map((file) => fileName(file.index!));
  const notes: string[] = [];
  if (alone.length > 0)
    notes.push(`No file of the log is left for these blocks of the map: ${listOf(alone)}.`);
  if (unplaced.length > 0) notes.push(`No block of the map is these files of the log: ${listOf(unplaced)}.`);
  return notes;
}
