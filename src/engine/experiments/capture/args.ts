// SPDX-License-Identifier: GPL-2.0-only
// The arguments of a printed call: cut at their commas, and read as numbers, addresses and structs.

/** Cuts `text` at the commas that stand in no string and in no bracket. What is not closed runs to the end. */
export function splitArgs(text: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if ("{[(".includes(c)) depth++;
    else if ("}])".includes(c)) depth--;
    else if (c === "," && depth === 0) {
      args.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  args.push(text.slice(start).trim());
  return args;
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

/** A decimal or hexadecimal number of at most 64 bits' digits, else null. */
export function integerOf(text: string | undefined): bigint | null {
  if (text === undefined || !/^(?:-?\d{1,20}|0x[0-9a-f]{1,16})$/.test(text)) return null;
  return BigInt(text);
}

/** An address, which strace prints as NULL where it is 0. */
export const addressOf = (text: string | undefined) => (text === "NULL" ? 0n : integerOf(text));

/** A file descriptor, 0 to 2147483647, else null. */
export function fdOf(text: string | undefined): number | null {
  const fd = integerOf(text);
  return fd === null || fd < 0n || fd >= 2n ** 31n ? null : Number(fd);
}
