// SPDX-License-Identifier: GPL-2.0-only
// A source text in words and lines: as much of TypeScript as is needed to tell comments, strings and keywords apart.
//
// Left out  regular expressions: a quote in one begins a string, which ends with its line at the latest.

export type TokenKind = "comment" | "string" | "keyword" | "plain";

/** Some characters of one line, exactly as they stand in the file. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS = new Set([
  ...["as", "async", "await", "bigint", "boolean", "break", "case", "class", "const", "continue", "default"],
  ...["delete", "else", "export", "extends", "false", "for", "from", "function", "if", "import", "in"],
  ...[
    "instanceof",
    "interface",
    "keyof",
    "let",
    "never",
    "new",
    "null",
    "number",
    "of",
    "readonly",
    "return",
  ],
  ...["satisfies", "string", "switch", "this", "throw", "true", "type", "typeof", "undefined", "unknown"],
  ...["void", "while", "yield"],
]);

/** A comment, a string of any of the three kinds, a word, or the characters up to the next of these. */
const PIECE =
  /(?<comment>\/\/[^\n]*|\/\*.*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|[^\p{L}_$/"'`]+|./gsu;

/** The tokens of `text`, line by line. Joined they give back `text`, less its line breaks. */
export function tokenLines(text: string): Token[][] {
  const lines: Token[][] = [[]];
  for (const { 0: piece, groups } of text.matchAll(PIECE)) {
    const kind = kindOf(piece, groups);
    for (const [k, part] of piece.split("\n").entries()) {
      if (k > 0) lines.push([]);
      if (part !== "") add(lines[lines.length - 1] as Token[], kind, part);
    }
  }
  return lines;
}

/** Whether a line says nothing to the machine: comments and blanks only. */
export const isSilent = (line: readonly Token[]): boolean =>
  line.every(({ kind, text }) => kind === "comment" || text.trim() === "");

function kindOf(piece: string, groups: Record<string, string> | undefined): TokenKind {
  if (groups?.comment !== undefined) return "comment";
  if (groups?.string !== undefined) return "string";
  return groups?.word !== undefined && KEYWORDS.has(piece) ? "keyword" : "plain";
}

/** Neighbours of one kind become one token: fewer elements on the page. */
function add(line: Token[], kind: TokenKind, text: string): void {
  const last = line[line.length - 1];
  if (last?.kind === kind) line[line.length - 1] = { kind, text: last.text + text };
  else line.push({ kind, text });
}
