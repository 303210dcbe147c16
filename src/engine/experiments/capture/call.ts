// SPDX-License-Identifier: GPL-2.0-only
// What it takes to read one system call: whether it is one of ours, and what it changed.

import type { CallText } from "./line.ts";
import { splitArgs } from "./args.ts";
import type { Vmm } from "./vmm.ts";

/** A call with its arguments cut apart. */
export interface Call {
  readonly args: readonly string[];
  readonly result: string | null;
}

export interface CallReader {
  /** True where the call speaks of guest memory: a VM, or a file or mapping that may back it. */
  concerns(vmm: Vmm, call: Call): boolean;
  /** Takes over what the call, which succeeded, changed. Returns why it could not be read, null where it could. */
  take(vmm: Vmm, call: Call): string | null;
}

/** What a line, or both lines of one call, count as. `failed`: it returned -1 and changed nothing. */
export type Outcome =
  | { readonly kind: "used" }
  | { readonly kind: "notOurs" }
  | { readonly kind: "failed" }
  | { readonly kind: "unread"; readonly reason: string };

/** Lets `reader` have the call, if it is one of its own and succeeded. `undefined` reads nothing. */
export function takeCall(vmm: Vmm, reader: CallReader | undefined, text: CallText): Outcome {
  if (reader === undefined) return { kind: "notOurs" };
  const call = { args: splitArgs(text.args), result: text.result };
  if (!reader.concerns(vmm, call)) return { kind: "notOurs" };
  if (call.result === null || call.result === "?") {
    return { kind: "unread", reason: `the log does not tell what ${text.name} returned` };
  }
  if (call.result === "-1") return { kind: "failed" };
  const reason = reader.take(vmm, call);
  return reason === null ? { kind: "used" } : { kind: "unread", reason: `${text.name}: ${reason}` };
}
