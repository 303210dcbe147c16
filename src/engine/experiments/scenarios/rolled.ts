// SPDX-License-Identifier: GPL-2.0-only
// For tests: a small scenario out of a list of numbers. The same numbers give the same scenario, and fewer or
// smaller ones a simpler one, so that a failing case shrinks by itself.

import { EVENT_TYPES } from "../machine/eventTypes.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";

export interface RolledOptions {
  /** Whether bind and unbind may be called on their own, also by those who should not. */
  readonly binds: boolean;
}

/** The first of each are the usual ones: races need tasks that meet. */
const FILES = ["f0", "f0", "f0", "f1"];
const VMS = ["vm0", "vm0", "vm1"];
const TASKS = ["P", "Q", "U"];

/** File pages at which the xarray's levels and the slots meet. */
const PAGES = [0, 1, 4, 8, 63, 64, 65, 128, 512, 513];

/** Events and objects that races hang on. */
const MOMENTS = ["lock.taken rm->lock", "lock.released mmu_lock", "lock.released rm->lock", "shmem.punched"];

/** The scenario that `rolls` stand for; each roll counts from 0, and where they run out all others are 0. */
export function rolledDocument(rolls: readonly number[], { binds }: RolledOptions): ScenarioDocument {
  let at = 0;
  const roll = (below: number) => (rolls[at++] ?? 0) % below;
  const oneOf = <T>(values: readonly T[]): T => values[roll(values.length)] as T;
  const several = <T>(max: number, make: () => T): T[] => Array.from({ length: roll(max + 1) }, make);

  const range = () => {
    const start = oneOf(PAGES);
    return { start, end: start + 1 + oneOf(PAGES) };
  };
  const createSlot = (): OperationDocument => {
    const { start, end } = range();
    const own = { op: "createSlot", vm: oneOf(VMS), slot: roll(3), pages: end - start } as const;
    const gfn = roll(3) === 0 ? 0 : start + roll(2) * 4096;
    return binds && roll(2) === 1 ? { ...own, gfn } : { ...own, gfn, file: oneOf(FILES), pgoff: start };
  };
  const punch = (): OperationDocument => ({ op: "punch", file: oneOf(FILES), ...range() });
  const deleteSlot = (): OperationDocument => ({ op: "deleteSlot", vm: oneOf(VMS), slot: roll(3) });
  const kinds: (() => OperationDocument)[] = [
    ...[punch, punch, punch, createSlot, createSlot, deleteSlot, deleteSlot],
    () => ({ op: "map", vm: oneOf(VMS), gfn: oneOf(PAGES) + roll(2) * 4096, pages: 1 + roll(70) }),
    () => ({ op: "allocate", file: oneOf(FILES), ...range() }),
    () => ({ op: "punch", file: oneOf(FILES), offset: roll(2), len: 4096 }),
  ];
  const notifier = () => `${oneOf(VMS)}/${roll(3)}`;
  if (binds) {
    const bind = (): OperationDocument => ({
      op: "bind",
      file: oneOf(FILES),
      ...range(),
      notifier: notifier(),
      exclusive: roll(8) > 0,
    });
    const unbind = (): OperationDocument => ({
      op: "unbind",
      file: oneOf(FILES),
      ...range(),
      notifier: notifier(),
    });
    kinds.push(bind, bind, unbind, unbind);
  }
  const operation = () => oneOf(kinds)();

  const setup = [...several(5, createSlot), ...several(3, operation)];
  const tasks = Object.fromEntries(TASKS.map((task) => [task, several(3, operation)]));
  const choice = () => {
    const task = oneOf(TASKS);
    const forms = [
      () => task,
      () => `${task}*${1 + roll(12)}`,
      () => `${task} until ${oneOf(MOMENTS)}`,
      () => `${task} until ${oneOf(EVENT_TYPES)}`,
      () => `${task} to end`,
    ];
    return oneOf(forms)();
  };
  return {
    format: FORMAT,
    title: "Rolled",
    files: { f0: { pages: 1024 }, f1: { pages: roll(2) * 64 } },
    vms: { vm0: { seq: 7, range: [0, 64] }, vm1: {} },
    setup,
    tasks,
    choices: several(14, choice),
  };
}
