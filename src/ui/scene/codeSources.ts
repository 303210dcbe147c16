// SPDX-License-Identifier: GPL-2.0-only
// The texts of the engine, and where in them a label stands. No line number is written down anywhere: a label stands
// on one line of all sources, and that line is looked for.

import { isSilent, type Token, tokenLines } from "./codeTokens.ts";

/** Texts of source files by their path from the engine's folder: "kernel/kvm/callbacks.ts". */
export type Texts = Readonly<Record<string, string>>;

/** A line of a source file. */
export interface Place {
  readonly path: string;
  /** The last part of the path. */
  readonly file: string;
  /** Counting from 1. */
  readonly line: number;
  /** The function around it that stands at the left margin; null where there is none. */
  readonly within: string | null;
}

export interface SourceLine {
  /** Counting from 1. */
  readonly number: number;
  readonly tokens: readonly Token[];
  /** Nothing but comments and blanks. */
  readonly silent: boolean;
}

export interface CodeSources {
  /** Where `label` stands as a string; null unless that is exactly one line. */
  placeOf(label: string): Place | null;
  /** All lines of the file at `path`; none where there is no such file. */
  linesOf(path: string): readonly SourceLine[];
}

/** `texts`, with what has been looked for once kept. */
export function codeSources(texts: Texts): CodeSources {
  const places = new Map<string, Place | null>();
  const files = new Map<string, readonly SourceLine[]>();
  return {
    placeOf: (label) => kept(places, label, () => find(texts, label)),
    linesOf: (path) => kept(files, path, () => linesOf(texts[path])),
  };
}

function kept<T>(by: Map<string, T>, key: string, make: () => T): T {
  const before = by.get(key);
  if (before !== undefined) return before;
  const made = make();
  by.set(key, made);
  return made;
}

function find(texts: Texts, label: string): Place | null {
  const literal = JSON.stringify(label);
  const found: Place[] = [];
  for (const [path, text] of Object.entries(texts)) {
    if (!text.includes(literal)) continue;
    const lines = text.split("\n");
    for (const [k, line] of lines.entries())
      if (line.includes(literal))
        found.push({ path, file: fileOf(path), line: k + 1, within: within(lines, k) });
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What is declared at the left margin, in its own line or a later one's: `function* name(`, `const name =`. */
const DECLARED = /^(?:export )?(?:(?:async )?function\s*\*?\s*|const\s+)([\w$]+)/;

/** The end of what was declared there. */
const ENDED = /^[})]/;

/** The name that line `at`, counting from 0, belongs to. */
function within(lines: readonly string[], at: number): string | null {
  for (let k = at; k >= 0; k--) {
    const line = lines[k] ?? "";
    const name = DECLARED.exec(line)?.[1];
    if (name !== undefined) return name;
    if (k < at && ENDED.test(line) && !line.endsWith("{")) return null;
  }
  return null;
}

const fileOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

const linesOf = (text: string | undefined): SourceLine[] =>
  text === undefined
    ? []
    : tokenLines(text.replace(/\n$/, "")).map((tokens, k) => ({
        number: k + 1,
        tokens,
        silent: isSilent(tokens),
      }));
