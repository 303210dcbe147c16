// SPDX-License-Identifier: GPL-2.0-only
// fork, vfork, clone, clone3 and execve. None of them speaks of guest memory; they say whose descriptors and memory the
// other calls are about.

import { structFields } from "./args.ts";
import { type Call, type CallReader, NOT_OURS, succeeded } from "./call.ts";
import { birthBegun, birthEnded, executed, type Processes, type Sharing } from "./processes.ts";
import { flagsOf } from "./values.ts";

const CLONE = { CLONE_VM: 0x100, CLONE_FILES: 0x400 };
const BIRTHS: ReadonlySet<string> = new Set(["fork", "vfork", "clone", "clone3"]);

/** `clone(..., flags=...) = child` and its kin. */
export const birth: CallReader = ({ processes }, call) => {
  const child = succeeded(call) && /^[1-9]\d{0,9}$/.test(call.result!) ? call.result : null;
  birthEnded(processes, call.pid, call.caller, sharingOf(call.name, call.args), child);
  return NOT_OURS;
};

/** The first half of a call, which may be one of these: its child can be seen before its second half. */
export function birthMayBegin(
  processes: Processes,
  { name, args, pid, caller }: Pick<Call, "name" | "args" | "pid" | "caller">,
): void {
  if (BIRTHS.has(name)) birthBegun(processes, pid, caller, sharingOf(name, args));
}

/** `execve(path, ...) = 0`. */
export const execve: CallReader = ({ processes }, call) => {
  if (call.result === "0") executed(processes, call.pid, call.caller);
  return NOT_OURS;
};

function sharingOf(name: string, args: readonly string[]): Sharing {
  if (name === "fork" || name === "vfork") return { files: false, vm: name === "vfork" };
  // What clone3 gives back stands behind an arrow: `{flags=...} => {parent_tid=[7]}`.
  const inStruct = structFields(args[0]?.split(" => ", 1)[0])?.get("flags");
  const flags =
    flagsOf(inStruct ?? args.find((arg) => arg.startsWith("flags="))?.slice("flags=".length), CLONE) ?? 0;
  return { files: (flags & CLONE.CLONE_FILES) !== 0, vm: (flags & CLONE.CLONE_VM) !== 0 };
}
