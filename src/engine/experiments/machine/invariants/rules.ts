// SPDX-License-Identifier: GPL-2.0-only
// All invariants that are watched.

import type { VariantId } from "../variants.ts";
import { bracketRule } from "./brackets.ts";
import { insideRule } from "./inside.ts";
import { livenessRule } from "./liveness.ts";
import { lockRule } from "./locks.ts";
import { memoryRule } from "./memory.ts";
import type { Rule } from "./rule.ts";

/** All rules for a machine that has just been made; `seqs` are its VMs' sequence numbers. */
export const rulesFor = (variant: VariantId, seqs: ReadonlyMap<string, number>): readonly Rule[] => [
  bracketRule(seqs),
  memoryRule(seqs),
  lockRule(variant !== "v10"),
  livenessRule(),
  insideRule(),
];
