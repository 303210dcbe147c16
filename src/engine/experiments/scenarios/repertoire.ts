// SPDX-License-Identifier: GPL-2.0-only
// What a scenario can ask for, and what is watched while it runs. The page opens with a scenario of a few operations in
// one task, and fetches all that there are with the first other one.

import type { Rule } from "../machine/invariants/rule.ts";
import { bracketRule } from "../machine/invariants/brackets.ts";
import type { Operation } from "../machine/operation.ts";
import { type Perform, performBasic } from "../machine/perform.ts";
import type { VariantId } from "../machine/variants.ts";
import type { OperationDocument } from "./document.ts";
import { type BasicDocument, readBasicOperation } from "./readBasicOperation.ts";

export interface Repertoire {
  readonly perform: Perform;
  /** The operation that a document says. Throws ModelBug for one that is not in the repertoire. */
  readOperation(document: OperationDocument): Operation;
  /** For one run: `seqs` are its VMs' sequence numbers at the start. */
  rules(variant: VariantId, seqs: ReadonlyMap<string, number>): readonly Rule[];
}

/** For a scenario of one task and without vCPUs: nothing else than its brackets and bindings can break. */
export const BASIC: Repertoire = {
  perform: performBasic,
  readOperation: (document) => readBasicOperation(document as BasicDocument),
  rules: (_, seqs) => [bracketRule(seqs)],
};
