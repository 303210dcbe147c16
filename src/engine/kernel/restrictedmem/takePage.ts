// SPDX-License-Identifier: GPL-2.0-only
// What both designs do to get a page: tmpfs finds or allocates it, and the caller gets a reference.

import type { Pgoff } from "../../units.ts";
import type { PageGot } from "../kvm/env.ts";
import type { ShmemFile } from "../shmem/file.ts";
import { couldGetPage, getPage } from "../shmem/getPage.ts";
import type { RestrictedmemEnv } from "./env.ts";

/** Page `index` of `memfd`, the inner file of `file`, and says so. */
export function takePage(env: RestrictedmemEnv, file: string, memfd: ShmemFile, index: Pgoff): PageGot {
  const got = getPage(env.memory, memfd, index);
  if (!got.ok) {
    env.emit({ type: "page.refused", file, index, errno: got.errno });
    return { ...got, mended: () => couldGetPage(env.memory, memfd, index) };
  }
  const { pfn, order, refs } = got;
  env.emit({ type: "page.got", file, index, pfn, order, refs });
  return got;
}
