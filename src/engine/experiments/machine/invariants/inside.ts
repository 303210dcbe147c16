// SPDX-License-Identifier: GPL-2.0-only
// I18: a memslot, or what else is bound to it, lies inside the file. Neither v10 nor the review promises it (T-n, T-ah): a finding, and no failure.

import { type Memslot, memslotName } from "../../../kernel/kvm/memslot.ts";
import { type Pgoff, pgoffOf } from "../../../units.ts";
import type { Restrictedmem } from "../world.ts";
import type { Breach } from "./finding.ts";
import type { Rule } from "./rule.ts";

/**
 * Looks at a slot when it becomes visible, and at a binding that is made for one that is visible already, with the size
 * that the file has then.
 */
export function insideRule(): Rule {
  let looked: (readonly [what: string, breaches: readonly Breach[]])[] = [];
  return {
    tell(_, event, { memslots, files, vms }) {
      if (event.type !== "slot.visible" && event.type !== "notifier.bound") return;
      const memslot = memslots[event.notifier] as Memslot;
      if (event.type === "slot.visible") {
        const file = memslot.file === null ? undefined : files[memslot.file];
        if (file !== undefined) looked.push([`slot ${memslot.id}`, outside(memslot, file)]);
        return;
      }
      const { notifier, start, end } = event;
      const file = files[event.file];
      // The binding that a slot is made with is seen once the slot is.
      if (file === undefined || vms[memslot.vm]?.slots[memslot.slot] !== notifier) return;
      const binding = { ...memslot, pgoff: start as Pgoff, npages: end - start };
      looked.push([`binding ${notifier} ${file.name}`, outside(binding, file)]);
    },
    look(_world, _atRest, report) {
      for (const [what, breaches] of looked) report(what, breaches);
      looked = [];
    },
  };
}

function outside(memslot: Memslot, { name, memfd }: Restrictedmem): Breach[] {
  const { pgoff, npages } = memslot;
  const pages = pgoffOf(memfd.iSize);
  if (pgoff >= 0 && pgoff + npages <= pages) return [];
  const object = memslotName(memslot);
  const text = `${object} covers pages from ${BigInt.asUintN(64, BigInt(pgoff))} on, ${npages} of them, of ${name}, which ends at page ${pages}.`;
  return [{ invariant: "I18", object, text }];
}
