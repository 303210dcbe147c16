// SPDX-License-Identifier: GPL-2.0-only
// What sentences call the things of a run. A name says whose a thing is only where there are several owners.

import type { Errno, LabEvent, Operation, Play, StepRecord } from "../../engine/index.ts";

export type LabStep = StepRecord<LabEvent>;

/** `-EINVAL`, as the kernel returns it. */
export const errnoText = (errno: Errno): string => `-${errno}`;

/** The task that took the step. */
export const taskOf = (play: Play, step: LabStep): string => [...play.scenario.tasks.keys()][step.task] ?? "";

/** The operation that the step belongs to. */
export const operationOf = (play: Play, step: LabStep): Operation | undefined =>
  [...play.scenario.tasks.values()][step.task]?.[step.operation];

/** `slot 3`, or `slot 3 of vm0`, from the name that events use: `vm0/3`. */
export function slotText(play: Play, memslot: string): string {
  const [vm, slot] = memslot.split("/");
  return play.scenario.vms.size > 1 ? `slot ${slot} of ${vm}` : `slot ${slot}`;
}

/** `rm->lock`, or `rm->lock of f0`, from `f0/rm->lock`. The inner inode's lock says which inode. */
export function lockText(play: Play, lock: string): string {
  const [owner = "", name = ""] = lock.split("/");
  const { vms, files } = play.scenario;
  // The host has one superblock of shims.
  if (owner === "sb") return name;
  const several = (vms.has(owner) ? vms : files).size > 1;
  if (name === "inode->lock") return `inode->lock of ${several ? `${owner}'s` : "the"} inner file`;
  return several ? `${name} of ${owner}` : name;
}

/** `kvm->srcu`, or `kvm->srcu of vm0`; RCU stays RCU. */
export const srcuText = (play: Play, srcu: string): string => (srcu === "RCU" ? srcu : lockText(play, srcu));

/** A memslot object of the run by its id, set-up included. */
export const memslotAt = ({ memslots }: Play, id: number): Play["memslots"][number] | undefined =>
  memslots[id];
