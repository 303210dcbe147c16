// SPDX-License-Identifier: GPL-2.0-only
// The arguments of a printed call: where they end, and cut at their commas.
//
// Commas, brackets and " = " also stand in strings and in the paths that -y prints behind a descriptor, as in
// `8</memfd:a, b (deleted)>`. strace escapes `<` and `>` in a path; -yy puts a second pair inside (`</dev/kvm<char 10:232>>`),
// and an arrow between the two ends of a socket.

/** Cuts `text` at the commas that stand in no string, path or bracket. What is not closed runs to the end. */
export function splitArgs(text: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = nextMark(text, 0); i < text.length; i = nextMark(text, i + 1)) {
    const c = text.charCodeAt(i);
    if (c === COMMA) {
      if (depth > 0) continue;
      args.push(text.slice(start, i).trim());
      start = i + 1;
    } else depth += opens(c) ? 1 : -1;
  }
  args.push(text.slice(start).trim());
  return args;
}

/** Where the parenthesis closes that opened before `from`; -1 where it never does. */
export function endOfArgs(text: string, from: number): number {
  let depth = 0;
  for (let i = nextMark(text, from); i < text.length; i = nextMark(text, i + 1)) {
    const c = text.charCodeAt(i);
    if (c === COMMA) continue;
    if (opens(c)) depth++;
    else if (depth-- === 0) return c === CLOSE ? i : -1;
  }
  return -1;
}

/** The first word of `text` from `from` on, together with the path that -y prints behind a descriptor. */
export function firstWord(text: string, from: number): string {
  let i = from;
  while (i < text.length && text.charCodeAt(i) !== SPACE) i = opensPath(text, i) ? endOfPath(text, i) : i + 1;
  return text.slice(from, i);
}

/** The fields of `{name=value, ...}` by name; null where `text` is no whole struct. */
export function structFields(text: string | undefined): ReadonlyMap<string, string> | null {
  if (text === undefined || !text.startsWith("{") || !text.endsWith("}")) return null;
  const fields = new Map<string, string>();
  for (const field of splitArgs(text.slice(1, -1))) {
    const equals = field.indexOf("=");
    if (equals > 0) fields.set(field.slice(0, equals), field.slice(equals + 1));
  }
  return fields;
}

const codeOf = (character: string) => character.charCodeAt(0);
const SPACE = codeOf(" ");
const QUOTE = codeOf('"');
const BACKSLASH = codeOf("\\");
const COMMA = codeOf(",");
const CLOSE = codeOf(")");
const LESS = codeOf("<");
const MORE = codeOf(">");
const DASH = codeOf("-");
const [OPEN, OPEN_LIST, CLOSE_LIST, OPEN_STRUCT, CLOSE_STRUCT] = [..."([]{}"].map(codeOf);

const opens = (c: number) => c === OPEN || c === OPEN_STRUCT || c === OPEN_LIST;
const closes = (c: number) => c === CLOSE || c === CLOSE_STRUCT || c === CLOSE_LIST;

/** The next comma or bracket from `from` on that stands in no string and no path; the text's length if there is none. */
function nextMark(text: string, from: number): number {
  let i = from;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = endOfString(text, i);
    else if (c === LESS && opensPath(text, i)) i = endOfPath(text, i);
    else if (c === COMMA || opens(c) || closes(c)) return i;
    else i++;
  }
  return text.length;
}

function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === QUOTE) return i + 1;
  }
  return text.length;
}

/** Behind a number, a name or a comment, and no part of a shift such as `1<<21`. */
function opensPath(text: string, i: number): boolean {
  if (text.charCodeAt(i) !== LESS || i === 0 || text.charCodeAt(i + 1) === LESS) return false;
  const before = text.charCodeAt(i - 1);
  return before !== LESS && before !== SPACE;
}

function endOfPath(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === LESS) depth++;
    else if (c === MORE && text.charCodeAt(i - 1) !== DASH && --depth === 0) return i + 1;
  }
  return text.length;
}
