// SPDX-License-Identifier: GPL-2.0-only
// KVM asks for a page of the file, which must be bound.
//
// Models    restrictedmem_get_page() in mm/restrictedmem.c, variant REVIEW (full tree)

import { type Path, step } from "../../../sim/gate.ts";
import type { Pgoff } from "../../../units.ts";
import type { PageGot } from "../../kvm/env.ts";
import { xaEntries, xaLoad } from "../../xarray/index.ts";
import type { RestrictedmemEnv } from "../env.ts";
import { takePage } from "../takePage.ts";
import type { RestrictedmemXarray } from "./file.ts";

/**
 * Page `index` of `rm`, found or allocated, whatever i_size says (T-n), with a reference for the caller.
 *
 * Context: may sleep. Looks at the bindings under RCU alone; takes no lock of the file. Gates: one step.
 * Returns: EINVAL where nothing is bound at `index`, though the slot thinks so (T-r); else the errno of tmpfs.
 */
export function* restrictedmemGetPage(
  env: RestrictedmemEnv,
  rm: RestrictedmemXarray,
  index: Pgoff,
): Path<PageGot> {
  const bound = () => xaLoad(rm.bindings, index) !== 0;
  return yield* step("review get page: look for the binding, then find or allocate", () => {
    if (bound()) return takePage(env, rm.name, rm.memfd, index);
    env.emit({ type: "page.refused", file: rm.name, index, errno: "EINVAL" });
    return { ok: false, errno: "EINVAL", mended: bound };
  });
}

/** Whether something is bound at each of pages [start, end) of `rm`. */
export function isBound(rm: RestrictedmemXarray, start: Pgoff, end: Pgoff): boolean {
  let past: number = start;
  for (const { first, last } of xaEntries(rm.bindings, start, end - 1)) {
    if (first > past) return false;
    past = last + 1;
  }
  return past >= end;
}
