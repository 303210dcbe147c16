// SPDX-License-Identifier: GPL-2.0-only
// What is wrong with a scenario, in words that name the place, what was expected there, and how to mend it.

/** One thing wrong. */
export interface Problem {
  /** The place: `tasks.P[0].start`, or `line 3, column 7`; empty for the document as a whole. */
  readonly where: string;
  /** What was expected, what stands there instead, and what would be right. */
  readonly what: string;
}

export const problemText = ({ where, what }: Problem) => (where === "" ? what : `${where}: ${what}`);

/** A value as a message quotes it: short, and on one line. */
export function quoted(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The known name nearest to `name`, where one is near enough to be a slip of the finger. */
export function nearest(name: string, known: readonly string[]): string | null {
  const near = known
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, away }) => away <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.away - b.away);
  return near[0]?.candidate ?? null;
}

/** Levenshtein distance; names are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= Math.min(a.length, 64); i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
