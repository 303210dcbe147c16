// SPDX-License-Identifier: GPL-2.0-only
// The numbers that the kernel keeps in differently named types. A page index is a double below 2^51; only
// where 64-bit wrap-around is the point (trap T-o) does a bigint appear, or an index below zero (trap T-ah).

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Which page of a file: its byte offset without the low twelve bits. */
export type Pgoff = Brand<number, "pgoff">;

/** Which page of guest physical memory. */
export type Gfn = Brand<number, "gfn">;

/** Page frame number of the simulated host. */
export type Pfn = Brand<number, "pfn">;

/** A byte offset or length as the system call receives it: signed 64 bits, hence a bigint. */
export type Loff = Brand<bigint, "loff">;

export const PAGE_SHIFT = 12n;
export const PAGE_SIZE = 4096n;

/** LLONG_MAX, the largest offset + length of these file systems, in bytes. */
export const LOFF_MAX = 2n ** 63n - 1n;

export const pgoff = (n: number) => n as Pgoff;
export const gfn = (n: number) => n as Gfn;
export const loff = (n: bigint) => n as Loff;

/** The page that holds byte `n`. Exact: a byte offset needs 63 bits, its page index 51. */
export const pgoffOf = (n: bigint) => Number(n >> PAGE_SHIFT) as Pgoff;

/** The byte offset of page `page`. */
export const bytesOf = (page: number) => (BigInt(page) << PAGE_SHIFT) as Loff;

export const isPageAligned = (n: bigint) => (n & (PAGE_SIZE - 1n)) === 0n;
