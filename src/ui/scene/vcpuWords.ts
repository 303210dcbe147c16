// SPDX-License-Identifier: GPL-2.0-only
// Where a vCPU is, in a word or two.

import type { Vcpu } from "../../engine/index.ts";
import { gfnText } from "../text/number.ts";

/** `in the guest`, `faulting on gfn 0x5`, `retrying gfn 0x5`, `kicked out`, `outside`. */
export function vcpuWord({ state, exit, fault }: Vcpu): string {
  const gfn = gfnText(fault?.gfn ?? 0);
  switch (state) {
    case "guest":
      return "in the guest";
    case "fault":
      return `faulting on gfn ${gfn}`;
    case "retrying":
      return `retrying gfn ${gfn}`;
    case "out":
      return OUTSIDE[exit ?? "violation"];
  }
}

/** Why it is outside. A fault that has been handled leads back in. */
const OUTSIDE = {
  mmio: "exited: MMIO",
  dead: "exited: VM dead",
  signal: "exited: signal",
  kick: "kicked out",
  violation: "outside",
};
