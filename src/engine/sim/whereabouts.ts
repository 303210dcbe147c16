// SPDX-License-Identifier: GPL-2.0-only
// Where a task stands, as labels. There are some dozens of such places and millions of steps, so each list of labels
// is made once and shared by all the steps that are taken there.

export interface Whereabouts {
  /** Outermost first. Never changed. */
  readonly labels: readonly string[];
  /** The places one label further in that somebody has stood at. */
  readonly inner: Map<string, Whereabouts>;
}

/** Outside of all calls. */
export const NOWHERE: Whereabouts = { labels: [], inner: new Map() };

/** The place `label` inside of `outer`. */
export function inside(outer: Whereabouts, label: string): Whereabouts {
  const known = outer.inner.get(label);
  if (known !== undefined) return known;
  const made = { labels: [...outer.labels, label], inner: new Map() };
  outer.inner.set(label, made);
  return made;
}
