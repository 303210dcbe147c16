// SPDX-License-Identifier: GPL-2.0-only
// Names in a sentence, however many there are.

const SHOWN_MAX = 5;

/** `a, b, c`, the first five of them and how many more. */
export function listOf(names: readonly string[]): string {
  const more = names.length - SHOWN_MAX;
  return names.slice(0, SHOWN_MAX).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
