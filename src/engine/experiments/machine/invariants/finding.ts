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
  I16: "no two bindings share a page",
  I17: "exactly the pages of a binding lead to its notifier",
} as const;

export type InvariantId = keyof typeof INVARIANTS;

/** An invariant that is broken now, of which object, and how. */
export interface Breach {
  readonly invariant: InvariantId;
  /** `vm0`, `vm0/3` or `f0`. */
  readonly object: string;
  readonly text: string;
}

/** A breach at the step at which it began. Step 0 is the end of the set-up. */
export interface Finding extends Breach {
  readonly step: number;
}
