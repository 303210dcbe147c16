// SPDX-License-Identifier: GPL-2.0-only
// Op scripts: one op a line, its arguments after it, separated by blanks: `store_range 100 611 p3`.

import { type Parsed, wrong, type XaArg, type XaOp, xaOpOf } from "./op.ts";

/** Longest line that is read, in characters; the longest op that means something is far shorter. */
const LINE_MAX = 200;

/** A whole script. Empty lines are passed over. On a wrong line: its number, from 1, and what to write instead. */
export function parseOpScript(text: string): Parsed<XaOp[]> {
  const ops: XaOp[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.length > LINE_MAX) {
      return wrong(
        `line ${at + 1}: ${line.length} characters; write one op a line, at most ${LINE_MAX} characters`,
      );
    }
    const [name, ...words] = line.split(/[ \t]+/).filter((word) => word !== "");
    if (name === undefined) continue;
    const op = xaOpOf(name, words.map(argOf));
    if (!op.ok) return wrong(`line ${at + 1}: ${op.why}`);
    ops.push(op.value);
  }
  return { ok: true, value: ops };
}

/** A word as a recording has it: NULL as null, a number as a number unless only a string keeps its digits. */
function argOf(word: string): XaArg {
  if (word === "null") return null;
  const number = /^(-?[1-9]\d*|0)$/.test(word) ? Number(word) : Number.NaN;
  return Number.isSafeInteger(number) ? number : word;
}
