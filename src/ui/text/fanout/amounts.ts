// SPDX-License-Identifier: GPL-2.0-only
// Times, bytes and ratios as the fan-out view writes them.

import { numberText } from "../number.ts";

const UNITS = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [1, "ns"],
] as const;

/** Two figures, more where the number is whole: `54 ns`, `2.6 µs`, `40 µs`, `1.1 ms`, `66 s`. */
export function nsText(ns: number): string {
  if (ns === 0) return "0 ns";
  const [unit, name] = UNITS.find(([least]) => ns >= least * 0.9995) ?? [1, "ns"];
  return `${figuresText(ns / unit)} ${name}`;
}

/** Two figures of a number below 10, whole ones above. */
export const figuresText = (value: number): string =>
  value < 9.95 ? String(Number(value.toFixed(1))) : numberText(Math.round(value));

const BYTES = [
  [2 ** 30, "GiB"],
  [2 ** 20, "MiB"],
  [2 ** 10, "KiB"],
] as const;

/** `576 B`, `96 KiB`, `2.3 MiB`. */
export function bytesText(bytes: number): string {
  const [unit, name] = BYTES.find(([least]) => bytes >= least) ?? [1, "B"];
  return `${figuresText(bytes / unit)} ${name}`;
}

/** `15 times`, `1.4 times`. */
export const timesText = (ratio: number): string => `${figuresText(ratio)} times`;

/** A hole or a memslot by its pages: `1 page`, `512 pages (2 MiB)`. */
export const pagesText = (pages: number): string =>
  pages === 1 ? "1 page (4 KiB)" : `${numberText(pages)} pages (${bytesText(pages * 4096)})`;
