// SPDX-License-Identifier: GPL-2.0-only
// I18: a memslot, or what else is bound to it, lies inside the file. Neither v10 nor the review promises it (T-n, T-ah): a finding, and no failure.

import { type Memslot, memslotName } from "../../../kernel/kvm/memslot.ts";
import { type Pgoff, pgoffOf } from "../../../units.ts";
import type { LabEvent } from "../events.ts";
import type { Breach } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** Looks at a slot when it becomes visible, and at a binding that is made for one that is visible already. */
export function insideRule(): Rule {
  let visible: number[] = [];
  let bound: Extract<LabEvent, { type: "notifier.bound" }>[] = [];
  return {
    tell(_, event) {
      if (event.type === "slot.visible") {
        visible.push(event.notifier);
        // Its own binding is what makes it visible: one finding says it all.
        bound = bound.filter(({ notifier }) => notifier !== event.notifier);
      }
      if (event.type === "notifier.bound") bound.push(event);
    },
    look({ memslots, files, vms }, _, report) {
      if (visible.length + bound.length === 0) return;
      for (const { notifier, file, start, end } of bound) {
        const memslot = memslots[notifier] as Memslot;
        const iSize = files[file]?.memfd.iSize;
        if (vms[memslot.vm]?.slots[memslot.slot] !== memslot.id || iSize === undefined) continue;
        const binding = { ...memslot, file, pgoff: start as Pgoff, npages: end - start };
        report(`binding ${notifier} ${file}`, outside(binding, pgoffOf(iSize)));
      }
      bound = [];
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
