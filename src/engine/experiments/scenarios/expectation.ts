// SPDX-License-Identifier: GPL-2.0-only
// Does a play show what its scenario declares?

import type { Play } from "./play.ts";

/** What is looked at of a play, or of a run that was only counted. */
type Shown = Pick<Play, "scenario" | "variant" | "findings" | "counters">;

/** What differs from the declaration, a line each; empty where everything is as declared or nothing is. */
export function unmetExpectations({ scenario, variant, findings, counters }: Shown): string[] {
  const expected = scenario.expect.get(variant);
  if (expected === undefined) return [];
  const unmet: string[] = [];
  if (expected.findings !== null) {
    const declared = setText(expected.findings.map(({ invariant }) => invariant));
    const found = setText(findings.map(({ invariant }) => invariant));
    if (declared !== found) unmet.push(`${variant}: findings: expected ${declared}, got ${found}`);
  }
  for (const [id, value] of expected.counters)
    if (counters[id] !== value) unmet.push(`${variant}: ${id}: expected ${value}, got ${counters[id]}`);
  return unmet;
}

const setText = (invariants: readonly string[]) =>
  invariants.length === 0
    ? "none"
    : [...new Set(invariants)].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))).join(" ");
