// SPDX-License-Identifier: GPL-2.0-only
// What a vCPU has cached, and which of it nothing stands behind any more.

import { type Kvm, type Leaf, tdpLeafAt, tlbEntries, type Vcpu } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";
import { isStale } from "./leafState.ts";

/** `freed`: a page behind it was freed since; `gone`: the tables have that leaf no more. */
export type StaleBecause = "freed" | "gone";

export interface CachedLeaf {
  readonly leaf: Leaf;
  readonly stale: StaleBecause | null;
}

/** The translations in the TLB of `vcpu`, by gfn. */
export const cachedLeaves = (frame: Pick<Frame, "world">, kvm: Kvm, vcpu: Vcpu): CachedLeaf[] =>
  tlbEntries(vcpu.tlb).map((leaf) => ({ leaf, stale: staleBecause(frame, kvm, leaf) }));

function staleBecause(frame: Pick<Frame, "world">, kvm: Kvm, leaf: Leaf): StaleBecause | null {
  if (isStale(frame, leaf)) return "freed";
  const now = tdpLeafAt(kvm.tdp, leaf.gfn);
  return now !== null &&
    now.level === leaf.level &&
    now.pfn === leaf.pfn &&
    now.generation === leaf.generation
    ? null
    : "gone";
}
