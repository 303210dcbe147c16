// SPDX-License-Identifier: GPL-2.0-only
// I16 and I17 for the bindings of one file. v10 has none: whoever registers gets the whole file.

import type { RestrictedmemXarray } from "../../../kernel/restrictedmem/review/file.ts";
import { xaEntries, xaToPointer } from "../../../kernel/xarray/index.ts";
import type { Breach } from "./finding.ts";
import type { FileRange, NotifierLedger } from "./ledger.ts";

interface Bound extends FileRange {
  readonly notifier: NotifierLedger;
}

/** I16 and I17. Scope: nobody holds the file's lock for writing. */
export function* storeBreaches(
  rm: RestrictedmemXarray,
  notifiers: Iterable<NotifierLedger>,
): Generator<Breach> {
  const bound: Bound[] = [];
  const living: NotifierLedger[] = [];
  for (const notifier of notifiers) {
    if (notifier.freed) continue;
    living.push(notifier);
    // What was not stored is bound to nobody, and a later bind may have it.
    for (const range of notifier.bound.get(rm.name) ?? [])
      if (!range.failed) bound.push({ ...range, notifier });
  }
  yield* sharedPages(bound, rm.name);
  yield* unfaithful(rm, living);
}

function* sharedPages(bound: Bound[], file: string): Generator<Breach> {
  bound.sort((a, b) => a.start - b.start);
  for (let k = 1; k < bound.length; k++) {
    const [before, after] = [bound[k - 1] as Bound, bound[k] as Bound];
    if (after.start < before.end)
      yield {
        invariant: "I16",
        object: file,
        text: `Page ${after.start} of ${file} belongs to ${before.notifier.name} and to ${after.notifier.name}.`,
      };
  }
}

function* unfaithful(rm: RestrictedmemXarray, living: readonly NotifierLedger[]): Generator<Breach> {
  const held = new Map<number, FileRange[]>();
  for (const { first, last, entry } of xaEntries(rm.bindings)) {
    const id = xaToPointer(entry);
    const ranges = held.get(id) ?? [];
    held.set(id, ranges);
    const newest = ranges.at(-1);
    // A binding is stored as several runs; what counts is the set of its pages.
    if (newest && newest.end === first) ranges[ranges.length - 1] = { start: newest.start, end: last + 1 };
    else ranges.push({ start: first, end: last + 1 });
  }
  for (const notifier of living) {
    const meant = joined(notifier.bound.get(rm.name) ?? []);
    const found = held.get(notifier.id) ?? [];
    if (!sameRanges(meant, found))
      yield {
        invariant: "I17",
        object: notifier.name,
        text: `${notifier.name} is bound to pages ${rangesText(meant)} of ${rm.name}; those that lead to it are ${rangesText(found)}.`,
      };
  }
}

const sameRanges = (a: readonly FileRange[], b: readonly FileRange[]) =>
  a.length === b.length && a.every(({ start, end }, k) => b[k]?.start === start && b[k].end === end);

function joined(ranges: readonly FileRange[]): FileRange[] {
  const result: FileRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const newest = result.at(-1);
    if (newest && range.start <= newest.end)
      result[result.length - 1] = { start: newest.start, end: Math.max(newest.end, range.end) };
    else result.push(range);
  }
  return result;
}

const rangesText = (ranges: readonly FileRange[]) =>
  ranges.length === 0 ? "none" : ranges.map(({ start, end }) => `[${start},${end})`).join(" ");
