// SPDX-License-Identifier: GPL-2.0-only
// What became of each line of a log, in numbers and in one sentence.

/** Counts of one import. `lines` = `used` + `notOurs` + `failed` + `unread`; an unfinished call is two lines. */
export interface CaptureSummary {
  lines: number;
  used: number;
  notOurs: number;
  failed: number;
  unread: number;
  /** Memslot calls that created or changed a slot, and those that deleted one. */
  created: number;
  deleted: number;
  files: number;
  punches: number;
  /** Slots that the memory map gave, null where there was no map. */
  slotsFromMap: number | null;
}

/** The summary as the command line prints it, without a line feed. */
export const summaryLine = (s: CaptureSummary) =>
  `${s.lines} lines: ${s.created + s.deleted} memslot calls ` +
  `(${s.created} created or changed, ${s.deleted} deleted), ${s.files} files, ${s.punches} punches, ` +
  `${s.notOurs} not ours, ${s.failed} failed, ${s.unread} unread` +
  (s.slotsFromMap === null ? "" : `, ${s.slotsFromMap} slots from the map`);
