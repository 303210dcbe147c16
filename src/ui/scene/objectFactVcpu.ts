// SPDX-License-Identifier: GPL-2.0-only
// What there is to say of a vCPU, and of a translation that it has cached.

import { type Leaf, pagesPerLeaf, type Vcpu } from "../../engine/index.ts";
import { faultRetried, vcpuExited } from "../text/guestSentences.ts";
import { gfnsText, gfnText } from "../text/number.ts";
import { cachedLeaves } from "./cachedLeaves.ts";
import type { Frame } from "./frame.ts";
import { behindText, freedGfn } from "./frameBehind.ts";
import { SIZES } from "./largeLeaves.ts";
import { throughText } from "./objectFactGfn.ts";
import { staleSince } from "./staleSince.ts";
import { tlbSays } from "./tlbScene.ts";

/** Where it is and why, what it has cached, and whether it has to flush. */
export function vcpuFact(frame: Frame, vm: string, id: number): string | null {
  const kvm = frame.world.vms[vm];
  const vcpu = kvm?.vcpus[id];
  if (kvm === undefined || vcpu === undefined) return null;
  const because = becauseText(frame, `${vm}/vcpu${id}`, vcpu);
  return `${tlbSays(frame, vm, vcpu, cachedLeaves(frame, kvm, vcpu))}${because}`;
}

/** ` Step 12: vm0/vcpu0 is kicked out of the guest; ...`, what brought it out of the guest. */
function becauseText({ play, step }: Frame, name: string, { state }: Vcpu): string {
  if (state === "guest") return "";
  for (let k = step; k > 0; k--)
    for (const event of [...(play.recording.steps[k - 1]?.events ?? [])].reverse()) {
      if (event.type === "vcpu.exited" && event.vcpu === name) return ` Step ${k}: ${vcpuExited(event)}`;
      if (event.type === "fault.retried" && event.vcpu === name) return ` Step ${k}: ${faultRetried(event)}`;
    }
  return "";
}

/** `vCPU 0 has cached gfn 0x5: stale since step 24 ...` */
export function tlbFact(frame: Frame, vm: string, id: number, gfn: number): string | null {
  const kvm = frame.world.vms[vm];
  const vcpu = kvm?.vcpus[id];
  if (kvm === undefined || vcpu === undefined) return null;
  const several = Object.keys(frame.world.vms).length > 1;
  const who = `vCPU ${id}${several ? ` of ${vm}` : ""}`;
  const cached = cachedLeaves(frame, kvm, vcpu).find(({ leaf }) => leaf.gfn === gfn);
  if (cached === undefined) return `${who} has nothing cached for gfn ${gfnText(gfn)} now.`;
  const { leaf, stale } = cached;
  const gfns = gfnsText(gfn, gfn + pagesPerLeaf(leaf.level));
  const has = `${who} has cached ${gfns} (${SIZES[leaf.level]})`;
  const when = stale === null ? "" : `${staleText(frame, vm, id, leaf)}: `;
  return `${has}, ${when}${behindText(frame.world, leaf, freedGfn(frame.world, leaf) ?? gfn)}; ${throughText(frame.world, vm, gfn)}.`;
}

function staleText(frame: Frame, vm: string, id: number, leaf: Leaf): string {
  const since = staleSince(frame, vm, `${vm}/vcpu${id}`, leaf);
  const first = frame.operations[frame.operation]?.first ?? 1;
  const when =
    since === null
      ? "stale"
      : since < first
        ? "stale since an earlier operation"
        : `stale since step ${(since - first + 1).toLocaleString("en-GB")}`;
  return freedGfn(frame.world, leaf) === null ? `${when}, when its leaf was zapped` : when;
}
