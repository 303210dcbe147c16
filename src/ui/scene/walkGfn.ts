// SPDX-License-Identifier: GPL-2.0-only
// Which gfn the walk through the tables leads to: the one that the viewer picked, the latest one that the guest has
// walked to, or else the first one of the hole.

import { type Kvm, tdpGfnEnd } from "../../engine/index.ts";
import type { Axis } from "./axis.ts";
import { type Frame, shownSteps } from "./frame.ts";
import { visibleMemslots } from "./memslots.ts";
import { knownObject } from "./objectKnown.ts";
import { punchedSpans } from "./rulerScene.ts";

export interface Walked {
  readonly gfn: number;
  /** Entries that the hardware has read so far on this walk; 0 where no vCPU makes it. */
  readonly made: number;
  /** The vCPU that walks, as events name it. */
  readonly by: string | null;
  readonly isPicked: boolean;
}

/** The walk that is shown of `kvm`; `picked`: pickedGfn() of what is pinned. Null where nothing leads anywhere. */
export function walkedNow(axis: Axis, frame: Frame, kvm: Kvm, picked: number | null): Walked | null {
  const walked =
    picked === null
      ? (lastWalk(frame, kvm) ?? holeWalk(axis, frame, kvm))
      : { gfn: picked, made: 0, by: null, isPicked: true };
  return walked !== null && walked.gfn < tdpGfnEnd(kvm.tdp) ? walked : null;
}

/** The gfn of `vm` that the object called `name` is about or begins with; null where it has none there. */
export function pickedGfn(frame: Frame, vm: string, name: string | null): number | null {
  const object = knownObject(frame.play, name);
  switch (object?.kind) {
    case "gfn":
    case "leaf":
    case "spte":
    case "tlb":
      return object.vm === vm ? object.gfn : null;
    case "page": {
      const { file, page } = object;
      const slots = visibleMemslots(frame, file).meeting({ start: page, end: page + 1 });
      const slot = slots.find((own) => own.vm === vm);
      return slot === undefined ? null : page - slot.pgoff + slot.baseGfn;
    }
    default:
      return null;
  }
}

/** The walk of the latest read that the operation has told up to now. */
function lastWalk(frame: Frame, { name: vm, tdp: { rootLevel } }: Kvm): Walked | null {
  const { steps } = frame.play.recording;
  const { end } = shownSteps(frame);
  let made = 0;
  let found: { gfn: number; vcpu: string } | null = null;
  const walked = () => (found === null ? null : { gfn: found.gfn, made, by: found.vcpu, isPicked: false });
  for (let k = end - 1; k >= 0 && k > end - STEPS_BACK; k--)
    for (const event of steps[k]?.events ?? []) {
      if (event.type !== "guest.walked" || event.vm !== vm) continue;
      found ??= { gfn: event.gfn, vcpu: event.vcpu };
      if (event.vcpu !== found.vcpu || event.gfn !== found.gfn) return walked();
      made++;
      // The root is where a walk begins.
      if (event.level === rootLevel) return walked();
    }
  return walked();
}

/** A walk that lies further back is no longer what is seen. */
const STEPS_BACK = 400;

/** Nobody has walked: the way to the first page of the hole, or of the window, through the slot that has it. */
function holeWalk(axis: Axis, frame: Frame, { name: vm }: Kvm): Walked | null {
  const span = punchedSpans(axis, frame)[0] ?? axis;
  const slots = visibleMemslots(frame, axis.file);
  const isOwn = (slot: { vm: string }) => slot.vm === vm;
  const slot = slots.meeting(span).find(isOwn) ?? slots.memslots.find(isOwn);
  if (slot === undefined) return null;
  const page = Math.min(Math.max(span.start, slot.pgoff), slot.pgoff + slot.npages - 1);
  return { gfn: page - slot.pgoff + slot.baseGfn, made: 0, by: null, isPicked: false };
}
