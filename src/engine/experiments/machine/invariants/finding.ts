// SPDX-License-Identifier: GPL-2.0-only
// A finding: an invariant of the kernel that does not hold.

/** The invariants that are watched. */
export const INVARIANTS = {
  I1: "every finished punch sends a living notifier as many ends as starts",
  I2: "no notifier hears an end without a start",
  I3: "no notifier is freed between a start and its end",
  I4: "a VM's count of open brackets is that of its living notifiers, and never negative",
  I5: "a VM's sequence number grows by one with each end, and before the count falls",
  I6: "while a bracket is open, the tracked range covers every range that was added",
  I7: "an end finds a range that was added since its begin",
  I8: "no guest mapping leads to a page that was freed since",
  I9: "no vCPU in the guest has a cached translation of a page that was freed since",
  I10: "while pages are being freed, no guest maps one of them",
  I11: "nothing is mapped while a bracket covers it, or after one has ended since the fault began",
  I12: "a page that nobody holds is free, and at rest only files hold pages",
  I13: "what is mapped is the page that the file holds there",
  I14: "a leaf is aligned, inside one memslot and inside one folio",
  I15: "a private memslot alone maps pages of a file",
  I16: "no two bindings share a page",
  I17: "exactly the pages of a binding lead to its notifier",
  I18: "a memslot lies inside its file",
  I21: "who is notified changes only under the file's lock",
  I22: "one hold of the file's lock spans both walks of a punch",
  I23: "guest mappings and brackets change only under mmu_lock",
  I24: "locks are taken in one order",
  I25: "nobody holds a lock in the guest",
  I30: "a fault is sent back no more often than brackets end",
  I31: "no vCPU faults for ever",
  I32: "every punch ends both of its walks",
} as const;

export type InvariantId = keyof typeof INVARIANTS;

/** An invariant that is broken now, of which object, and how. */
export interface Breach {
  readonly invariant: InvariantId;
  /** `vm0`, `vm0/3`, `vm0/vcpu0`, `f0`, a lock, or `host`. */
  readonly object: string;
  readonly text: string;
}

/** A breach at the step at which it began. Step 0 is the end of the set-up. */
export interface Finding extends Breach {
  readonly step: number;
}
