// SPDX-License-Identifier: GPL-2.0-only
// Whatever is asked of the machine, with allocations that fail and limits that are reached: what is refused leaves
// pages, references and counts as they were.

import fc from "fast-check";
import { expect, it, vi } from "vitest";
import type { Pfn } from "../../units.ts";
import { shmemFileCheck } from "../../kernel/shmem/check.ts";
import { refsOf } from "../../kernel/shmem/folios.ts";
import { mapsOf } from "../../kernel/shmem/tags.ts";
import { tdpCheck } from "../../kernel/tdp/check.ts";
import { tdpLeavesIn } from "../../kernel/tdp/leaves.ts";
import { pagesPerLeaf } from "../../kernel/tdp/level.ts";
import { tdpGfnEnd } from "../../kernel/tdp/tables.ts";
import { xaCheck, xaEntries, xaToPointer } from "../../kernel/xarray/index.ts";
import { goTo, stepOn } from "../../sim/recording.ts";
import { type VariantId, VARIANTS } from "../machine/variants.ts";
import type { World } from "../machine/world.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { play } from "./play.ts";
import { scenarioOf } from "./scenarioOf.ts";

vi.setConfig({ testTimeout: 120_000 });

type Of<Op extends OperationDocument["op"]> = fc.Arbitrary<Extract<OperationDocument, { op: Op }>>;

/** File pages and gfns at which slots, folios of 2 MiB and nodes of an xarray meet. */
const page = fc.constantFrom(0, 0, 1, 3, 5, 63, 64, 100, 511, 512, 513);
const pages = fc.constantFrom(1, 1, 2, 8, 64, 512);
const file = fc.constantFrom("f0", "f0", "f0", "f1", "f2");
const vm = fc.constantFrom("vm0", "vm0", "vm1");
const slot = fc.nat(2);
const notifier = fc.tuple(vm, slot).map(([of, number]) => `${of}/${number}`);
const range = fc.tuple(page, pages).map(([start, length]) => ({ start, end: start + length }));
const bytes = fc.constantFrom(-1, 0, 1, 100, 4096, 8192);

const ofKind = <Op extends OperationDocument["op"]>(op: Op) => ({ op: fc.constant(op) });
const fallocate = <Op extends "allocate" | "punch">(op: Op) =>
  fc.oneof(
    fc.tuple(file, range).map(([of, pages]) => ({ op, file: of, ...pages })),
    fc.record({ ...ofKind(op), file, offset: bytes, len: bytes }),
  );
const access = <Op extends "guestRead" | "guestWrite">(op: Op) =>
  fc.record({ ...ofKind(op), vm, vcpu: fc.constant(0), gfn: page });

/** By kind: an operation that is missing here does not compile. */
const OPERATIONS: { [Op in OperationDocument["op"]]: Of<Op> } = {
  allocate: fallocate("allocate") as Of<"allocate">,
  punch: fallocate("punch") as Of<"punch">,
  createSlot: fc.oneof(
    fc.record({ ...ofKind("createSlot"), vm, slot, gfn: page, pages, file, pgoff: page }),
    fc.record({ ...ofKind("createSlot"), vm, slot, pages, file, pgoff: page }),
    fc.record({ ...ofKind("createSlot"), vm, slot, gfn: page, pages }),
  ),
  deleteSlot: fc.record({ ...ofKind("deleteSlot"), vm, slot }),
  map: fc.record({ ...ofKind("map"), vm, gfn: page, pages }),
  guestRead: access("guestRead"),
  guestWrite: access("guestWrite"),
  mmuNotifier: fc.tuple(vm, range).map(([of, gfns]) => ({ op: "mmuNotifier", vm: of, ...gfns })),
  poison: fc.record({ ...ofKind("poison"), file, page }),
  signal: fc.record({ ...ofKind("signal"), task: fc.constantFrom("P", "Q") }),
  bind: fc
    .tuple(file, range, notifier, fc.boolean())
    .map(([of, pages, to, exclusive]) => ({ op: "bind", file: of, ...pages, notifier: to, exclusive })),
  unbind: fc
    .tuple(file, range, notifier)
    .map(([of, pages, from]) => ({ op: "unbind", file: of, ...pages, notifier: from })),
  memfd_restricted: fc.record({
    ...ofKind("memfd_restricted"),
    file: fc.constant("f2"),
    flags: fc.constantFrom(0, 0, 0, 1),
  }),
  ftruncate: fc.record({ ...ofKind("ftruncate"), file, length: bytes }),
  fstat: fc.record({ ...ofKind("fstat"), file }),
  read: fc.record({ ...ofKind("read"), file, len: fc.constant(1) }),
  write: fc.record({ ...ofKind("write"), file, len: fc.constant(1) }),
  pread: fc.record({ ...ofKind("pread"), file, offset: bytes, len: fc.constant(1) }),
  pwrite: fc.record({ ...ofKind("pwrite"), file, offset: bytes, len: fc.constant(1) }),
  lseek: fc.record({ ...ofKind("lseek"), file, offset: bytes, whence: fc.nat(5) }),
  mmap: fc.record({
    ...ofKind("mmap"),
    file,
    prot: fc.constantFrom("READ", "READ|EXEC"),
    flags: fc.constant("SHARED" as const),
  }),
  close: fc.record({ ...ofKind("close"), file }),
};

/** Few of those that end in the VFS, many of those that make and unmake. */
const WEIGHTS: Partial<Record<OperationDocument["op"], number>> = {
  ...{ allocate: 8, punch: 6, createSlot: 8, map: 6, guestRead: 4, guestWrite: 4, memfd_restricted: 4 },
  ...{ deleteSlot: 3, bind: 2, ftruncate: 2 },
};

/** Any operation that a scenario can ask for, on two files that there are and one that may be made, in two VMs. */
const anyOperation: fc.Arbitrary<OperationDocument> = fc.oneof(
  ...Object.entries(OPERATIONS).map(([op, arbitrary]) => ({
    weight: WEIGHTS[op as OperationDocument["op"]] ?? 1,
    arbitrary: arbitrary as fc.Arbitrary<OperationDocument>,
  })),
);

const orNone = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** What makes operations fail. */
const shortage = fc.record({
  failAllocations: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 16 }),
  order: fc.constantFrom(0, 0, 9),
  pagesPerStep: fc.constantFrom(undefined, 1, 3),
  limits: fc.record({
    fds: fc.constantFrom(5, 6, 6),
    files: fc.constantFrom(4, 5, 6, 6),
    fsize: orNone(fc.constantFrom(4096, 300_000)),
    memory: orNone(fc.constantFrom(2, 20, 600)),
    mount: orNone(fc.constantFrom(2, 20, 600)),
  }),
});
type Shortage = typeof shortage extends fc.Arbitrary<infer T> ? T : never;

const machine = (
  { failAllocations, order, pagesPerStep, limits }: Shortage,
  tasks: Record<string, readonly OperationDocument[]>,
): ScenarioDocument => ({
  format: FORMAT,
  title: "Error paths",
  files: {
    f0: { pages: 1024, order: order as 0 | 9 },
    f1: { pages: 0 },
    f2: { pages: 64, exists: false },
  },
  vms: { vm0: { vcpus: 1 }, vm1: { vcpus: 1, levels: 5 } },
  ...{ failAllocations, limits },
  ...(pagesPerStep === undefined ? {} : { pagesPerStep }),
  setup: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 }],
  tasks: Object.fromEntries(Object.entries(tasks).map(([name, list]) => [name, [...list]])),
});

/** A file is made once: a second call for its name would be one for another file. */
function madeOnce(operations: readonly OperationDocument[]): OperationDocument[] {
  const made = operations.findIndex(
    ({ op, ...args }) => op === "memfd_restricted" && "flags" in args && args.flags === 0,
  );
  return operations.filter(({ op }, k) => op !== "memfd_restricted" || k <= made || made < 0);
}

/** All that somebody holds: pages with their references, maps, descriptors, bindings, slots, counts, locks. */
function held({ memory, files, fds, filesOpen, inodeListLock, memslots, vms, signals }: World) {
  return {
    ...{ used: memory.framesUsed, retired: memory.framesRetired, blocks: memory.blocksUsed },
    ...{ fds: { ...fds }, filesOpen, inodeListLock: { ...inodeListLock }, signals: [...signals] },
    files: Object.values(files).map((rm) => ({
      ...{ name: rm.name, shim: { ...rm.shim }, iSize: rm.memfd.iSize, adding: [...rm.memfd.adding] },
      locks: [rm.lock, rm.memfd.inodeLock].map(({ holders, waiters }) => [...holders, ...waiters]),
      pages: xaEntries(rm.memfd.iPages).map(({ first, last, entry }) => {
        const pfn = xaToPointer(entry) as Pfn;
        return [first, last, pfn, refsOf(memory, pfn), mapsOf(memory, pfn)];
      }),
      notifiers: rm.keeps === "list" ? [...rm.notifiers] : xaEntries(rm.bindings),
    })),
    memslots: memslots.filter(({ freed }) => !freed).map((memslot) => ({ ...memslot })),
    vms: Object.values(vms).map((kvm) => ({
      ...{ name: kvm.name, slots: { ...kvm.slots }, byGfn: [...kvm.slotsByGfn], bugged: kvm.bugged },
      ...{ invalid: [...kvm.slotsInvalid], count: kvm.mmuInvalidateInProgress, seq: kvm.mmuInvalidateSeq },
      readers: [...kvm.srcu.readers],
      locks: [kvm.slotsLock, kvm.mmuLock].map(({ holders, waiters }) => [...holders, ...waiters]),
      leaves: tdpLeavesIn(kvm.tdp, 0, tdpGfnEnd(kvm.tdp)),
    })),
  };
}

/** A touch of several gfns is as many faults: those before the one that fails stay. */
const mayStayInPart = (op: string, errno: string) => op === "map" && ["ENOMEM", "ENOSPC"].includes(errno);

it("an operation that is refused leaves all that is held as it was", () => {
  const refused = new Map<string, number>();
  fc.assert(
    fc.property(
      shortage,
      fc.array(anyOperation, { minLength: 8, maxLength: 24, size: "max" }),
      fc.constantFrom<VariantId>(...VARIANTS),
      (short, operations, variant) => {
        const { recording } = play(scenarioOf(machine(short, { P: madeOnce(operations) })), variant);
        const run = goTo(recording, 0);
        let before = held(run.world);
        for (const { events } of recording.steps) {
          stepOn(recording, run);
          const returned = events.find((event) => event.type === "operation.returned");
          if (returned === undefined) continue;
          const after = held(run.world);
          const { op, errno } = returned;
          if (errno !== null) {
            const key = `${op} ${errno}`;
            refused.set(key, (refused.get(key) ?? 0) + 1);
            if (!mayStayInPart(op, errno)) expect([key, after]).toEqual([key, before]);
          }
          before = after;
        }
      },
    ),
    { numRuns: 400, seed: 5 },
  );
  // Without these it would pass too where nothing ever failed half-way.
  const wanted = [
    ...["allocate EFBIG", "allocate ENOMEM", "allocate ENOSPC", "createSlot EEXIST", "createSlot EINVAL"],
    ...["map ENOMEM", "map ENOSPC", "memfd_restricted EMFILE", "memfd_restricted ENFILE"],
    ...["memfd_restricted ENOMEM", "memfd_restricted ENOSPC", "punch EINVAL", "ftruncate EPERM"],
  ];
  expect(wanted.filter((key) => !refused.has(key))).toEqual([]);
});

it("when all tasks are through, in whatever order they ran, nobody holds what nobody uses", () => {
  let [cut, through] = [0, 0];
  fc.assert(
    fc.property(
      shortage,
      fc.array(anyOperation, { minLength: 6, maxLength: 12, size: "max" }),
      fc.array(anyOperation, { minLength: 6, maxLength: 12, size: "max" }),
      fc.array(fc.constantFrom("P", "Q", "P*3", "Q*3", "P*7", "Q*7"), { maxLength: 40, size: "max" }),
      fc.constantFrom<VariantId>(...VARIANTS),
      (short, first, second, choices, variant) => {
        const [P, Q] = [madeOnce(first), second.filter(({ op }) => op !== "memfd_restricted")];
        const { recording, findings } = play(
          scenarioOf({ ...machine(short, { P, Q: Q.map(ofOtherVcpu), R: [] }), choices }),
          variant,
        );
        for (const { events } of recording.steps)
          for (const event of events)
            if (event.type === "operation.returned" && event.errno === "EINTR") cut++;
        // A vCPU that faults for ever is in the middle of something.
        if (recording.stuck.length > 0) return;
        through++;
        const { world } = goTo(recording, recording.steps.length);
        atRest(world);
        if (variant !== "v10")
          for (const { mmuInvalidateInProgress } of Object.values(world.vms))
            expect(mmuInvalidateInProgress).toBe(0);
        expect(
          findings.filter(({ invariant }) => ["I12", "I21", "I23", "I24", "I25"].includes(invariant)),
        ).toEqual([]);
      },
    ),
    { numRuns: 400, seed: 6 },
  );
  expect(cut).toBeGreaterThan(2);
  expect(through).toBeGreaterThan(200);
});

/** A vCPU belongs to one task: Q has that of vm1. */
const ofOtherVcpu = (operation: OperationDocument): OperationDocument =>
  "vcpu" in operation ? { ...operation, vm: "vm1" } : operation;

/** Every reference, map, block, file and lock has its owner. */
function atRest(world: World): void {
  const { memory, files, fds, filesOpen, vms } = world;
  const maps = new Map<number, number>();
  for (const { tdp, slotsLock, mmuLock, srcu, slotsInvalid } of Object.values(vms)) {
    tdpCheck(tdp);
    for (const { pfn, level } of tdpLeavesIn(tdp, 0, tdpGfnEnd(tdp)))
      for (let at: number = pfn; at < pfn + pagesPerLeaf(level); at++) maps.set(at, (maps.get(at) ?? 0) + 1);
    for (const { name, holders, waiters } of [slotsLock, mmuLock])
      expect([name, holders, waiters]).toEqual([name, [], []]);
    expect([srcu.readers, slotsInvalid]).toEqual([[], []]);
  }
  for (const [pfn, count] of maps) expect(mapsOf(memory, pfn as Pfn)).toBe(count);
  let pages = 0;
  for (const { name, lock, memfd, shim, ...rm } of Object.values(files)) {
    shmemFileCheck(memory, memfd);
    if (rm.keeps === "xarray") xaCheck(rm.bindings);
    for (const { entry } of xaEntries(memfd.iPages))
      expect(refsOf(memory, xaToPointer(entry) as Pfn)).toBe(1);
    for (const { holders, waiters } of [lock, memfd.inodeLock, shim.inodeLock])
      expect([name, holders, waiters]).toEqual([name, [], []]);
    expect([shim.calls, shim.dying, memfd.adding]).toEqual([0, false, []]);
    pages += memfd.nrpages;
  }
  expect([memory.framesUsed, memory.blocksUsed]).toEqual([pages, pages]);
  expect(filesOpen).toBe(2 * Object.keys(files).length);
  expect(Object.keys(fds).filter((name) => files[name] === undefined)).toEqual([]);
}
