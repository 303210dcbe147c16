// SPDX-License-Identifier: GPL-2.0-only
// The designs side by side: what each one does where the machine asks its file for something.

import { assert } from "../../assert.ts";
import { OK, type Result } from "../../errno.ts";
import { type Clamp, clampAfterSkip, clampAsPosted } from "../../kernel/kvm/clamp.ts";
import { type Memslot, memslotName } from "../../kernel/kvm/memslot.ts";
import type { NotifierRef, RestrictedmemEnv } from "../../kernel/restrictedmem/env.ts";
import { restrictedmemBind, restrictedmemUnbind } from "../../kernel/restrictedmem/review/bind.ts";
import { type LastMode, newRestrictedmemXarray } from "../../kernel/restrictedmem/review/file.ts";
import { restrictedmemPunchHole as reviewPunchHole } from "../../kernel/restrictedmem/review/punchHole.ts";
import { newRestrictedmemList } from "../../kernel/restrictedmem/v10/file.ts";
import { restrictedmemPunchHole as v10PunchHole } from "../../kernel/restrictedmem/v10/punchHole.ts";
import {
  restrictedmemRegisterNotifier,
  restrictedmemUnregisterNotifier,
} from "../../kernel/restrictedmem/v10/register.ts";
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
  newFile(name: string, iSize: bigint): Restrictedmem;
  /** What KVM's callbacks make of a punched range. */
  readonly clamp: Clamp;
  attach(env: RestrictedmemEnv, file: Restrictedmem, memslot: Memslot): Path<Result>;
  detach(env: RestrictedmemEnv, file: Restrictedmem, memslot: Memslot): Path<void>;
  punchHole(env: RestrictedmemEnv, file: Restrictedmem, mode: number, offset: Loff, len: Loff): Path<Result>;
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
    newFile: (name, iSize) => newRestrictedmemXarray(name, iSize, lastMode),
    clamp: clampAfterSkip,
    // KVM always asks for exclusive use.
    attach: (env, file, memslot) => bindings.bind(env, file, rangeOf(memslot), true),
    detach: (env, file, memslot) => bindings.unbind(env, file, rangeOf(memslot)),
    punchHole: (env, file, mode, offset, len) => reviewPunchHole(env, asXarray(file), mode, offset, len),
    bindings,
  };
};

const DESIGNS: Record<VariantId, Design> = {
  v10,
  review: review("endMinus1"),
  "review-seed": review("exclusiveAsLast"),
};

export const designOf = (variant: VariantId): Design => DESIGNS[variant];
