// SPDX-License-Identifier: GPL-2.0-only
// A range of pages as the field for a punch has it.

/** File pages [start, end). */
export interface PageRange {
  readonly start: number;
  readonly end: number;
}

/** A range as it is written into the field: `18-21`, or `18`. */
export const punchText = ({ start, end }: PageRange): string =>
  end - start === 1 ? String(start) : `${start}-${end - 1}`;
