// SPDX-License-Identifier: GPL-2.0-only
// Numbers and ranges as sentences write them. Ranges are half-open, `[18,22)`, as the code passes them, wherever
// the code does; the two inclusive ends of an xarray call are written in words, "indices 18 to 21". Counts have
// separators, page indices have none: those are names, not quantities. The gfns of a guest's own rows are hexadecimal,
// as an address is.

/** A quantity, an integer: `65,536`. Grouped here, since what a machine's locale makes of a number may differ. */
export const numberText = (n: number | bigint): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** A quantity with its noun: `1 page`, `4 pages`, `no pages`. */
export const countText = (n: number, one: string, many = `${one}s`): string =>
  n === 0 ? `no ${many}` : `${numberText(n)} ${n === 1 ? one : many}`;

/** A half-open range, digits plain: `[18,22)`. */
export const rangeText = (start: number | bigint, end: number | bigint): string =>
  `[${indexText(start)},${indexText(end)})`;

/** All digits of a page index or gfn as the kernel has it, unsigned: one below zero is that far below 2^64 (T-ah). */
export const indexText = (n: number | bigint): string => String(n < 0 ? BigInt.asUintN(64, BigInt(n)) : n);

/** `0x100012`; one that a sum without a sign has brought there by how far it is from 2^64 (T-o): `2⁶⁴−0x5a`. */
export function gfnText(gfn: number | bigint): string {
  const short = 2n ** 64n - BigInt(gfn);
  return short < 2n ** 20n ? `2⁶⁴−0x${short.toString(16)}` : `0x${gfn.toString(16)}`;
}

/** `gfn 0x5`, `gfns 0x5–0x8`: gfns [start, end) by their first and last. */
export const gfnsText = (start: number | bigint, end: number | bigint): string =>
  BigInt(end) - BigInt(start) <= 1n
    ? `gfn ${gfnText(start)}`
    : `gfns ${gfnText(start)}–${gfnText(BigInt(end) - 1n)}`;

/** Indices of which the last belongs to the range: `index 18`, `indices 18 to 21`. */
export const indicesText = (first: number, last: number): string =>
  first === last ? `index ${first}` : `indices ${first} to ${last}`;

/** Names in a row: `P1`, `P1 and U`, `P1, P2 and U`. */
export const listText = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
