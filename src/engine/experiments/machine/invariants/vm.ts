// SPDX-License-Identifier: GPL-2.0-only
// I1-I7 for one VM and its notifiers.

import type { Kvm } from "../../../kernel/kvm/kvm.ts";
import type { Breach } from "./finding.ts";
import type { NotifierLedger, VmLedger } from "./ledger.ts";

/**
 * I2, I4-I7. `atRest`: no operation is in flight, so that no bracket may be open. Scope: nobody holds the VM's
 * mmu_lock for writing.
 */
export function* vmBreaches(kvm: Kvm, vm: VmLedger, seqAtBoot: number, atRest: boolean): Generator<Breach> {
  for (const { open, name } of vm.overdrawn)
    yield {
      invariant: "I2",
      object: name,
      text: `${name} heard ${-open} more ${open === -1 ? "end" : "ends"} than starts.`,
    };
  const count = kvm.mmuInvalidateInProgress;
  if (count !== vm.open || count < 0 || (atRest && count !== 0))
    yield {
      invariant: "I4",
      object: vm.name,
      text:
        count === vm.open
          ? `mmu_invalidate_in_progress of ${vm.name} is ${count}, ${count < 0 ? "below zero" : "and no operation is in flight"}.`
          : `mmu_invalidate_in_progress of ${vm.name} is ${count}; its living notifiers account for ${vm.open}.`,
    };
  const expected = seqAtBoot + vm.ends;
  if (kvm.mmuInvalidateSeq !== expected || vm.zapUnseen)
    yield {
      invariant: "I5",
      object: vm.name,
      text: `mmu_invalidate_seq of ${vm.name} is ${kvm.mmuInvalidateSeq}; after ${vm.ends} ends it should be ${expected}.`,
    };
  const range = kvm.mmuInvalidateRange;
  const isOutside = ({ start, end }: { start: bigint; end: bigint }) =>
    range === null || start < range.start || end > range.end;
  // Nearly always the range covers even the hull, and thousands of open brackets need not be looked at.
  const outside = vm.hull !== null && isOutside(vm.hull) ? vm.brackets.find(isOutside) : undefined;
  if (outside)
    yield {
      invariant: "I6",
      object: vm.name,
      text: `A bracket of ${vm.name} on gfns [${outside.start},${outside.end}) is open, but the tracked range is ${range === null ? "invalid" : `[${range.start},${range.end})`}.`,
    };
  if (vm.endedWithoutRange)
    yield {
      invariant: "I7",
      object: vm.name,
      text: `${vm.name} saw an end although no range was added since its begin.`,
    };
}

/** I1 and I3. Scope: always. */
export function* notifierBreaches(notifier: NotifierLedger): Generator<Breach> {
  const { name: object, open, freed, openWhenFreed, unpaired } = notifier;
  if (freed) {
    if (openWhenFreed > 0)
      yield {
        invariant: "I3",
        object,
        text: `${object} was freed with ${openWhenFreed} of its starts still open.`,
      };
    else if (openWhenFreed < 0)
      yield { invariant: "I3", object, text: `${object} was freed having heard more ends than starts.` };
    return;
  }
  if (unpaired)
    yield {
      invariant: "I1",
      object,
      text: `A punch has ended, but ${object} did not hear as many ends as starts (open: ${open}).`,
    };
}
