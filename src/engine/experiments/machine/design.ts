// SPDX-License-Identifier: GPL-2.0-only
// The designs side by side: what each one does where the machine asks its file for something.

import { assert } from "../../assert.ts";
import { fail, OK, type Result } from "../../errno.ts";
import { type Clamp, clampAfterSkip, clampAsPosted } from "../../kernel/kvm/clamp.ts";
import { type Memslot, memslotName } from "../../kernel/kvm/memslot.ts";
import type { PageGot } from "../../kernel/kvm/env.ts";
import type { ErrorEnv, NotifierRef, RestrictedmemEnv } from "../../kernel/restrictedmem/env.ts";
import { restrictedmemBind, restrictedmemUnbind } from "../../kernel/restrictedmem/review/bind.ts";
import { restrictedmemErrorPage as reviewErrorPage } from "../../kernel/restrictedmem/review/errorPage.ts";
import { type LastMode, newRestrictedmemXarray } from "../../kernel/restrictedmem/review/file.ts";
import { isBound, restrictedmemGetPage as reviewGetPage } from "../../kernel/restrictedmem/review/getPage.ts";
import { restrictedmemPunchHole as reviewPunchHole } from "../../kernel/restrictedmem/review/punchHole.ts";
import { newRestrictedmemList } from "../../kernel/restrictedmem/v10/file.ts";
import { restrictedmemErrorPage as v10ErrorPage } from "../../kernel/restrictedmem/v10/errorPage.ts";
import { restrictedmemGetPage as v10GetPage } from "../../kernel/restrictedmem/v10/getPage.ts";
import { restrictedmemGetattr as reviewGetattr } from "../../kernel/restrictedmem/review/getattr.ts";
import { restrictedmemGetattr as v10Getattr } from "../../kernel/restrictedmem/v10/getattr.ts";
import { restrictedmemPunchHole as v10PunchHole } from "../../kernel/restrictedmem/v10/punchHole.ts";
import {
  restrictedmemRegisterNotifier,
  restrictedmemUnregisterNotifier,
} from "../../kernel/restrictedmem/v10/register.ts";
import type { FolioOrder } from "../../kernel/shmem/memory.ts";
import type { Path } from "../../sim/gate.ts";
import type { Loff, Pgoff } from "../../units.ts";
import type { VariantId } from "./variants.ts";
import type { Restrictedmem } from "./world.ts";

interface Binding {
  readonly start: Pgoff;
  readonly end: Pgoff;
  readonly memslot: Memslot;
}

export interface Design {
  newFile(name: string, iSize: bigint, order: FolioOrder): Restrictedmem;
  /** What KVM's callbacks make of a punched range. */
  readonly clamp: Clamp;
  attach(env: RestrictedmemEnv, file: Restrictedmem, memslot: Memslot): Path<Result>;
  detach(env: RestrictedmemEnv, file: Restrictedmem, memslot: Memslot): Path<void>;
  punchHole(env: RestrictedmemEnv, file: Restrictedmem, mode: number, offset: Loff, len: Loff): Path<Result>;
  getPage(env: RestrictedmemEnv, file: Restrictedmem, index: Pgoff): Path<PageGot>;
  /** Whether the file gives pages [start, end) as far as bindings go. */
  isBound(file: Restrictedmem, start: Pgoff, end: Pgoff): boolean;
  /** What becomes of the news that page `index` of the file called `file` is bad. */
  errorPage(env: ErrorEnv, file: string, index: Pgoff): Path<void>;
  /** What fstat tells, as an event. */
  getattr(env: RestrictedmemEnv, file: Restrictedmem): Path<void>;
  /** bind and unbind as calls of their own; null where the design has none. */
  readonly bindings: {
    bind(env: RestrictedmemEnv, file: Restrictedmem, binding: Binding, exclusive: boolean): Path<Result>;
    unbind(env: RestrictedmemEnv, file: Restrictedmem, binding: Binding): Path<void>;
  } | null;
}

const refOf = (memslot: Memslot): NotifierRef => ({ id: memslot.id, name: memslotName(memslot) });

const rangeOf = (memslot: Memslot) => ({
  start: memslot.pgoff,
  end: (memslot.pgoff + memslot.npages) as Pgoff,
  memslot,
});

const asList = (file: Restrictedmem) => {
  assert(file.keeps === "list", () => `${file.name} keeps its notifiers in an ${file.keeps}, not in a list`);
  return file;
};

const asXarray = (file: Restrictedmem) => {
  assert(
    file.keeps === "xarray",
    () => `${file.name} keeps its notifiers in a ${file.keeps}, not in an xarray`,
  );
  return file;
};

const v10: Design = {
  newFile: newRestrictedmemList,
  clamp: clampAsPosted,
  *attach(env, file, memslot) {
    yield* restrictedmemRegisterNotifier(env, asList(file), refOf(memslot));
    return OK;
  },
  detach: (env, file, memslot) => restrictedmemUnregisterNotifier(env, asList(file), refOf(memslot)),
  punchHole: (env, file, mode, offset, len) => v10PunchHole(env, asList(file), mode, offset, len),
  getPage: (env, file, index) => v10GetPage(env, asList(file), index),
  isBound: () => true,
  errorPage: v10ErrorPage,
  getattr: (env, file) => v10Getattr(env, asList(file)),
  bindings: null,
};

/** REVIEW with one number changed. */
const review = (lastMode: LastMode): Design => {
  const bindings: Design["bindings"] = {
    bind: (env, file, { start, end, memslot }, exclusive) =>
      restrictedmemBind(env, asXarray(file), start, end, refOf(memslot), exclusive),
    unbind: (env, file, { start, end, memslot }) =>
      restrictedmemUnbind(env, asXarray(file), start, end, refOf(memslot)),
  };
  return {
    newFile: (name, iSize, order) => newRestrictedmemXarray(name, iSize, lastMode, order),
    clamp: clampAfterSkip,
    // KVM always asks for exclusive use.
    *attach(env, file, memslot) {
      // KVM's glue looks at the sign of the offset, which v10's does not (T-ah).
      if (memslot.pgoff < 0) return fail("EINVAL");
      return yield* bindings.bind(env, file, rangeOf(memslot), true);
    },
    detach: (env, file, memslot) => bindings.unbind(env, file, rangeOf(memslot)),
    punchHole: (env, file, mode, offset, len) => reviewPunchHole(env, asXarray(file), mode, offset, len),
    getPage: (env, file, index) => reviewGetPage(env, asXarray(file), index),
    isBound: (file, start, end) => isBound(asXarray(file), start, end),
    errorPage: reviewErrorPage,
    getattr: (env, file) => reviewGetattr(env, asXarray(file)),
    bindings,
  };
};

const DESIGNS: Record<VariantId, Design> = {
  v10,
  review: review("endMinus1"),
  "review-seed": review("exclusiveAsLast"),
};

export const designOf = (variant: VariantId): Design => DESIGNS[variant];
