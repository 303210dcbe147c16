// SPDX-License-Identifier: GPL-2.0-only
// I18: a memslot lies inside its file. Neither v10 nor the review promises it (T-n, T-ah): a finding, and no failure.

import { type Memslot, memslotName } from "../../../kernel/kvm/memslot.ts";
import { pgoffOf } from "../../../units.ts";
import type { Breach } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** Looks at a slot when it becomes visible. */
export function insideRule(): Rule {
  let visible: number[] = [];
  return {
    tell(_, event) {
      if (event.type === "slot.visible") visible.push(event.notifier);
    },
    look({ memslots, files }, _, report) {
      if (visible.length === 0) return;
      for (const id of visible) {
        const memslot = memslots[id] as Memslot;
        const file = memslot.file === null ? undefined : files[memslot.file];
        if (file !== undefined) report(`slot ${id}`, outside(memslot, pgoffOf(file.memfd.iSize)));
      }
      visible = [];
    },
  };
}

function* outside(memslot: Memslot, pages: number): Generator<Breach> {
  const { file, pgoff, npages } = memslot;
  if (pgoff >= 0 && pgoff + npages <= pages) return;
  const object = memslotName(memslot);
  const text = `${object} covers pages from ${BigInt.asUintN(64, BigInt(pgoff))} on, ${npages} of them, of ${file}, which ends at page ${pages}.`;
  yield { invariant: "I18", object, text };
}
