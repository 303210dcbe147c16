// SPDX-License-Identifier: GPL-2.0-only
// For tests: a small scenario out of a list of numbers. The same numbers give the same scenario, and fewer or
// smaller ones a simpler one, so that a failing case shrinks by itself.

import { EVENT_TYPES } from "../machine/eventTypes.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";

export interface RolledOptions {
  /** Whether bind and unbind may be called on their own, also by those who should not. */
  readonly binds: boolean;
  /** Whether each VM has a vCPU that reads and writes, in a task of its own. */
  readonly guests?: boolean;
  /** Whether f0 is made of folios of 2 MiB. */
  readonly large?: boolean;
}

/** The first of each are the usual ones: races need tasks that meet. */
const FILES = ["f0", "f0", "f0", "f0", "f1", "f2"];
const VMS = ["vm0", "vm0", "vm1"];
const TASKS = ["P", "Q", "U"];

/** File pages at which the xarray's levels and the slots meet. */
const PAGES = [0, 1, 4, 8, 63, 64, 65, 128, 512, 513];

/** Events and objects that races hang on. */
const MOMENTS = ["lock.taken rm->lock", "lock.released mmu_lock", "lock.released rm->lock", "shmem.punched"];

/** A slot comes, and its guest faults, between the walks of a punch. */
const IN_THE_WINDOW = ["P until lock.released rm->lock", "U to end", "V until operation.returned"];

/** Where a fault stands between its snapshot and its leaf. */
const GUEST_MOMENTS = ["page.got", "fault.begun", "operation.returned"];

/** The scenario that `rolls` stand for; each roll counts from 0, and where they run out all others are 0. */
export function rolledDocument(
  rolls: readonly number[],
  { binds, guests = false, large = false }: RolledOptions,
): ScenarioDocument {
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
  // A file that nobody else works with: whoever finds it closed is refused, and little would be left to do.
  const other = () => oneOf(["f1", "f2"]);
  let made = false;
  kinds.push(
    () => ({ op: "close", file: other() }),
    () => ({ op: "fstat", file: other() }),
    () => ({ op: "ftruncate", file: other(), length: 4096 * roll(3) }),
    () => {
      if (made) return { op: "allocate", file: "f2", ...range() };
      made = true;
      return { op: "memfd_restricted", file: "f2", flags: roll(9) === 8 ? 1 : 0 };
    },
  );
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

  const whole = { op: "createSlot", vm: "vm0", slot: 0, pages: 1024, file: "f0", pgoff: 0 } as const;
  const first: OperationDocument[] = guests && roll(2) === 0 ? [whole] : [];
  const setup = [...first, ...several(guests ? 1 : 5, createSlot), ...several(3, operation)];
  const access = (vm: string) => (): OperationDocument => ({
    op: roll(2) === 0 ? "guestRead" : "guestWrite",
    ...{ vm, vcpu: 0, gfn: oneOf(PAGES) },
  });
  const vcpus = guests ? { V: several(4, access("vm0")), W: several(2, access("vm1")) } : {};
  const tasks = { ...Object.fromEntries(TASKS.map((task) => [task, several(3, operation)])), ...vcpus };
  const names = guests ? ["P", "V", "U", "V", "W", "Q"] : TASKS;
  const choice = () => {
    const task = oneOf(names);
    const forms = [
      () => task,
      () => `${task}*${1 + roll(12)}`,
      () => `${task} until ${oneOf(guests ? [...MOMENTS, ...GUEST_MOMENTS] : MOMENTS)}`,
      () => `${task} until ${oneOf(EVENT_TYPES)}`,
      () => `${task} to end`,
    ];
    return oneOf(forms)();
  };
  return {
    format: FORMAT,
    title: "Rolled",
    files: {
      f0: { pages: 1024, ...(large ? { order: 9 } : {}) },
      f1: { pages: roll(2) * 64 },
      f2: { pages: 64, exists: false },
    },
    vms: guests
      ? { vm0: { seq: 7, range: [0, 64], vcpus: 1 }, vm1: { vcpus: 1, levels: 5 } }
      : { vm0: { seq: 7, range: [0, 64] }, vm1: {} },
    ...(guests && roll(2) === 1 ? { pagesPerStep: 1 + roll(3) } : {}),
    setup,
    tasks,
    choices: [...(guests && roll(2) === 1 ? IN_THE_WINDOW : []), ...several(14, choice)],
  };
}
