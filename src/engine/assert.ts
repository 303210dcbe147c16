// SPDX-License-Identifier: GPL-2.0-only
// Our own mistakes are thrown, and loud. A kernel that refuses is a Result; a kernel that is wrong is a finding.

/** The model itself is broken: not the kernel's doing, and nothing a scenario should be able to cause. */
export class ModelBug extends Error {
  override name = "ModelBug";
}

/** A text, or what makes it: on the way of every step nobody should put together words that are never read. */
type Message = string | (() => string);

/** Throws ModelBug unless `claim` holds. One claim per call; the message names the object and both values. */
export function assert(claim: boolean, message: Message): asserts claim {
  if (!claim) throw new ModelBug(textOf(message));
}

/** The value itself, or ModelBug where it is missing. */
export function present<T>(value: T | null | undefined, what: Message): T {
  if (value === null || value === undefined) throw new ModelBug(`${textOf(what)} is missing`);
  return value;
}

const textOf = (message: Message) => (typeof message === "string" ? message : message());
