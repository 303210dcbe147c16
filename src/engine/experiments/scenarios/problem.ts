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

/** So many problems are told at most: the first ones are those that a person will mend. */
export const PROBLEMS_MAX = 10;

/** A quoted value is cut to this many characters. */
const QUOTED_MAX = 60;

/** A value as a message quotes it: short, and on one line. Looks no deeper than it shows. */
export function quoted(value: unknown): string {
  const text = begun(value, QUOTED_MAX);
  return text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX - 3)}...` : text;
}

/** The JSON of `value`, or as much of it as goes beyond `room` characters: a value may be deep, or long. */
function begun(value: unknown, room: number): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, room));
  if (typeof value !== "object" || value === null) return String(value);
  const list = Array.isArray(value);
  let text = list ? "[" : "{";
  for (const key in value) {
    if (text.length > room) return text;
    const name = list ? "" : `${begun(key, room)}:`;
    const comma = text.length > 1 ? "," : "";
    text += `${comma}${name}${begun(value[key as keyof typeof value], room - text.length - name.length)}`;
  }
  return `${text}${list ? "]" : "}"}`;
}

/** The known name nearest to `name`, where one is near enough to be a slip of the finger. */
export function nearest(name: string, known: readonly string[]): string | null {
  const near = known
    .map((candidate) => ({ candidate, away: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    // One letter of a name of two is no slip: any such name would be near any other.
    .filter(({ candidate, away }) => candidate.length > 2 && away <= Math.ceil(candidate.length / 3))
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
