// SPDX-License-Identifier: GPL-2.0-only
// KVM asks for a page of the file.
//
// Models    restrictedmem_get_page() in mm/restrictedmem.c, variant V10

import { type Path, step } from "../../../sim/gate.ts";
import type { Pgoff } from "../../../units.ts";
import type { PageGot } from "../../kvm/env.ts";
import type { RestrictedmemEnv } from "../env.ts";
import { takePage } from "../takePage.ts";
import type { RestrictedmemList } from "./file.ts";

/**
 * Page `index` of `rm`, found or allocated, whatever i_size says (T-n), with a reference for the caller.
 *
 * Context: may sleep. Takes no lock of the file: a punch may be under way (T-b4, T-l). Gates: one step.
 * Returns: the errno of tmpfs.
 */
export function* restrictedmemGetPage(
  env: RestrictedmemEnv,
  rm: RestrictedmemList,
  index: Pgoff,
): Path<PageGot> {
  return yield* step("v10 get page: find it, or allocate it", () => takePage(env, rm.name, rm.memfd, index));
}
