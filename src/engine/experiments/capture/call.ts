// SPDX-License-Identifier: GPL-2.0-only
// What it takes to read one system call, and what comes of it.

import type { CapturedFile } from "./file.ts";
import type { Descriptors, Process } from "./processes.ts";
import type { Vmm } from "./vmm.ts";

/** A call with its arguments cut apart. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly result: string | null;
  readonly pid: string;
  /** The process that made it. */
  readonly caller: Process;
  /** The descriptors as they stood when it began: another thread may close one before it returns. */
  readonly open: Descriptors;
  /** The lines on which it began and ended. What came about in between is not what it took away. */
  readonly begun: number;
  readonly ended: number;
  /** When it began, in microseconds since the first time stamp. */
  readonly time: number;
}

/** What a line, or both lines of one call, count as. */
export type Outcome =
  | { readonly kind: "used" }
  /** `made` is the file that the line made, where that one may still turn out to hold guest memory. */
  | { readonly kind: "notOurs"; readonly made?: CapturedFile }
  /** It returned -1 and changed nothing. */
  | { readonly kind: "failed" }
  | { readonly kind: "unread"; readonly reason: string };

/** Takes over what the call changed, if it speaks of guest memory: of a VM, or of a file or mapping that may back it. */
export type CallReader = (vmm: Vmm, call: Call) => Outcome;

export const USED: Outcome = { kind: "used" };
export const NOT_OURS: Outcome = { kind: "notOurs" };

/** True where the call returned and did not fail. */
export const succeeded = ({ result }: Call) => result !== null && result !== "?" && result !== "-1";

/** A call that is ours: `take` answers why it could not be read, null where it could. */
export function ours(call: Call, take: () => string | null): Outcome {
  if (call.result === "-1") return { kind: "failed" };
  if (!succeeded(call)) return { kind: "unread", reason: `the log does not tell what ${call.name} returned` };
  const reason = take();
  return reason === null ? USED : { kind: "unread", reason: `${call.name}: ${reason}` };
}
