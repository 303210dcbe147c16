// SPDX-License-Identifier: GPL-2.0-only
// Our own mistakes are thrown, and loud. A kernel that refuses is a Result; a kernel that is wrong is a finding.

/** The model itself is broken: not the kernel's doing, and nothing a scenario should be able to cause. */
export class ModelBug extends Error {
  override name = "ModelBug";
}

/** Throws ModelBug unless `claim` holds. One claim per call; the message names the object and both values. */
export function assert(claim: boolean, message: string): asserts claim {
  if (!claim) throw new ModelBug(message);
}

/** The value itself, or ModelBug where it is missing. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new ModelBug(`${what} is missing`);
  return value;
}
