// SPDX-License-Identifier: GPL-2.0-only
// The pages of a punch as somebody types them, and what to say of what cannot be punched.

import { PAGE_SIZE } from "../../engine/index.ts";
import type { PageRange } from "./pageRange.ts";

export type TypedPunch =
  | { readonly ok: true; readonly range: PageRange }
  /** `says`: what is wrong, with the kernel's errno where the kernel would refuse. `nearest`: what would do. */
  | { readonly ok: false; readonly says: string; readonly nearest: PageRange | null };

/** The forms that are understood, each by an example. */
const PUNCH_FORMS = "18-21, [18,22) or 18+4 in pages, 72K+16K in bytes";

/** offset + length may be 2^63 - 1 bytes at most. */
const BYTES_MAX = 2n ** 63n - 1n;

/** Longer than any range that means something. */
const CHARS_MAX = 100;

/** Reads what somebody typed. Never throws. */
export function typedPunch(typed: string): TypedPunch {
  const bytes = bytesOf(typed);
  if (bytes === null) return wrong(`Write it as ${PUNCH_FORMS}.`, null);
  const { start, end } = bytes;
  if (start < 0n) return wrong("-EINVAL: an offset cannot be negative.", null);
  if (end <= start) {
    // Two ends the wrong way round, or the one page that an empty range points at.
    const others =
      end === start || end < PAGE_SIZE ? null : { start: end - PAGE_SIZE, end: start + PAGE_SIZE };
    const nearest = wholePages(others ?? { start, end: start + 1n });
    return wrong("-EINVAL: a punch is at least one byte long.", nearest);
  }
  if (end > BYTES_MAX) return wrong("-EFBIG: offset plus length goes beyond 2^63 - 1 bytes.", null);
  if (start % PAGE_SIZE !== 0n || end % PAGE_SIZE !== 0n)
    return wrong("-EINVAL: offset and length must be whole pages of 4,096 bytes.", wholePages(bytes));
  return { ok: true, range: { start: Number(start / PAGE_SIZE), end: Number(end / PAGE_SIZE) } };
}

/** Bytes [start, end). */
interface ByteRange {
  readonly start: bigint;
  readonly end: bigint;
}

const AMOUNT = String.raw`-?(?:0x[0-9a-f]+|\d[\d_]*(?:\.\d+)?)\s*(?:[kmgt]?i?b?)`;
const form = (pattern: string) => new RegExp(`^${pattern.replaceAll("#", `(${AMOUNT})`)}$`);

/** In the order in which they are tried. */
const FORMS = [
  { kind: "halfOpen", pattern: form(String.raw`\[\s*#\s*,\s*#\s*\)`) },
  { kind: "length", pattern: form(String.raw`#\s*\+\s*#`) },
  { kind: "inclusive", pattern: form(String.raw`#\s*(?:-|\u2013|\u2212|\.\.|to)\s*#`) },
  { kind: "inclusive", pattern: form("#") },
] as const;

function bytesOf(typed: string): ByteRange | null {
  // Thousands may be set apart by commas; a comma with a blank, or within [ ), parts two numbers.
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^pages?\s+/, "");
  const plain = text.startsWith("[") ? text : text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  if (plain.length > CHARS_MAX) return null;
  for (const { kind, pattern } of FORMS) {
    const [matched, first = "", second = first] = pattern.exec(plain) ?? [];
    if (matched === undefined) continue;
    const [a, b] = [amountOf(first), amountOf(second)];
    if (kind === "length") return { start: a.bytes, end: a.bytes + b.bytes };
    // The last page belongs to the range; an end in bytes is the first byte that does not.
    return { start: a.bytes, end: kind === "inclusive" && b.inPages ? b.bytes + PAGE_SIZE : b.bytes };
  }
  return null;
}

const UNITS: Readonly<Record<string, bigint>> = {
  ...{ b: 1n, k: 2n ** 10n, m: 2n ** 20n },
  ...{ g: 2n ** 30n, t: 2n ** 40n },
};

function amountOf(text: string): { bytes: bigint; inPages: boolean } {
  const [, sign, hex, whole = "0", decimals = "", letter = ""] =
    /^(-?)(?:(0x[0-9a-f]+)|(\d[\d_]*)(?:\.(\d+))?)\s*([bkmgt]?)/.exec(text) ?? [];
  const unit = UNITS[letter] ?? PAGE_SIZE;
  const count = BigInt(hex ?? whole.replaceAll("_", "")) * unit;
  const part = (BigInt(decimals || 0) * unit) / 10n ** BigInt(decimals.length);
  return { bytes: (count + part) * (sign === "-" ? -1n : 1n), inPages: letter === "" };
}

const wrong = (says: string, nearest: PageRange | null): TypedPunch => ({ ok: false, says, nearest });

/** The pages that hold any byte of the range. */
function wholePages({ start, end }: ByteRange): PageRange | null {
  const past = (end + PAGE_SIZE - 1n) / PAGE_SIZE;
  return past * PAGE_SIZE > BYTES_MAX ? null : { start: Number(start / PAGE_SIZE), end: Number(past) };
}
