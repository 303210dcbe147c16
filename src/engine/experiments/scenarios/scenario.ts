// SPDX-License-Identifier: GPL-2.0-only
// A scenario: a machine, what its tasks do, who runs when, and what it exists to show.

import type { CounterId } from "../machine/counters.ts";
import type { InvariantId } from "../machine/invariants/finding.ts";
import type { MachinePlan } from "../machine/boot.ts";
import type { Operation } from "../machine/operation.ts";
import type { VariantId } from "../machine/variants.ts";
import type { Repertoire } from "./repertoire.ts";
import type { Choice } from "../../sim/choice.ts";
import type { ScenarioDocument } from "./document.ts";

/** An invariant that the scenario breaks on purpose, and the trap that explains why. */
export interface DeclaredFinding {
  readonly invariant: InvariantId;
  readonly trap: string | null;
}

/** What a design must show: the exact set of broken invariants, and exact counters. Null leaves findings open. */
export interface Expectation {
  readonly findings: readonly DeclaredFinding[] | null;
  readonly counters: ReadonlyMap<CounterId, number>;
}

export interface Scenario extends MachinePlan {
  readonly rules: Repertoire["rules"];
  readonly title: string;
  readonly about: string;
  readonly tasks: ReadonlyMap<string, readonly Operation[]>;
  readonly choices: readonly Choice[];
  /** The two designs it opens with, upper one first. */
  readonly show: readonly [VariantId, VariantId];
  readonly expect: ReadonlyMap<VariantId, Expectation>;
  /** What it was read from: printing, editing and sharing go by it. */
  readonly document: ScenarioDocument;
}
