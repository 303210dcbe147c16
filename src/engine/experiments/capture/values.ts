// SPDX-License-Identifier: GPL-2.0-only
// Single values as strace prints them: numbers, addresses, descriptors, flags.

/** A decimal or hexadecimal number of at most 64 bits' digits, else null. */
export function integerOf(text: string | undefined): bigint | null {
  if (text === undefined || !/^(?:-?\d{1,20}|0x[0-9a-f]{1,16})$/.test(text)) return null;
  return BigInt(text);
}

/** An address, which strace prints as NULL where it is 0. */
export const addressOf = (text: string | undefined) => (text === "NULL" ? 0n : integerOf(text));

/** A file descriptor, 0 to 2147483647, with or without the path that -y prints behind it; else null. */
export function fdOf(text: string | null | undefined): number | null {
  const digits = text === null || text === undefined ? null : /^\d{1,10}(?=<|$)/.exec(text);
  const fd = digits === null ? -1 : Number(digits[0]);
  return fd < 0 || fd >= 2 ** 31 ? null : fd;
}

/** The path that -y prints behind a descriptor, without its mark for a deleted file; null where there is none. */
export function shownPath(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const open = text.indexOf("<");
  const close = text.lastIndexOf(">");
  if (open < 0 || close < open) return null;
  const path = text.slice(open + 1, close);
  return path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path;
}

const DELETED = " (deleted)";

/** A name that is in no table of ours: a bit that none of these calls has. */
export const UNKNOWN_FLAG = 2 ** 30;

/** Flags printed by name, by number or both ways, as one number; null where they are neither. */
export function flagsOf(text: string | undefined, names: Readonly<Record<string, number>>): number | null {
  if (text === undefined) return null;
  let flags = 0;
  for (const part of withoutComments(text).split("|")) {
    if (Object.hasOwn(names, part)) flags |= names[part]!;
    else if (/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/.test(part)) flags |= Number(part);
    else if (/^\w+(?:<<\w+)?$/.test(part)) flags |= UNKNOWN_FLAG;
    else return null;
  }
  return flags;
}

/** What -X verbose adds: `0x3 /* PROT_READ|PROT_WRITE *\/`. */
export const withoutComments = (text: string) =>
  text.includes("/*") ? text.replace(/ ?[/][*][^*]*[*][/]/g, "") : text;
