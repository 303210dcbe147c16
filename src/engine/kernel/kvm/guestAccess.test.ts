// SPDX-License-Identifier: GPL-2.0-only
// vCPUs that read and write: through the TLB, through the tables, and by way of a fault that may be sent back.

import { beforeEach, describe, expect, it } from "vitest";
import { fail, OK } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import { type Path, step } from "../../sim/gate.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { gfn, pgoff } from "../../units.ts";
import { newMemory } from "../shmem/memory.ts";
import { tdpLeavesIn } from "../tdp/leaves.ts";
import { kvmInvalidateEnd, kvmInvalidateStart } from "./callbacks.ts";
import { clampAfterSkip } from "./clamp.ts";
import { kvmCreateSlot } from "./createSlot.ts";
import { kvmDeleteSlot } from "./deleteSlot.ts";
import { backedBy, short, type TestEvent, type TestHost, testHost, visibleSlot } from "./fixture.ts";
import { guestAccess } from "./guestAccess.ts";
import { kvmMapGuest } from "./mapGuest.ts";
import type { Memslot } from "./memslot.ts";

let host: TestHost;
let memslot: Memslot;

/** Slot 3 of vm0: gfn [0, 1024) on file pages [0, 1024). Nothing is there and nothing is mapped. */
beforeEach(() => {
  host = testHost();
  memslot = visibleSlot(host, host.vm0, 3, 0, 1024, 0);
});

type Emit = (event: TestEvent) => void;

const access =
  (task: string, does: "read" | "write", at: number, vcpu = 0, vm = "vm0") =>
  (emit: Emit): Path<unknown> =>
    guestAccess(host.env(task, emit), { vm, vcpu, gfn: gfn(at), does });

const starting = (start: number, end: number) => (emit: Emit) =>
  kvmInvalidateStart(host.env("P", emit), clampAfterSkip, memslot.id, pgoff(start), pgoff(end));
const ending = (start: number, end: number) => (emit: Emit) =>
  kvmInvalidateEnd(host.env("P", emit), clampAfterSkip, memslot.id, pgoff(start), pgoff(end));

/** Runs one path alone and returns what it told. */
function alone(path: (emit: Emit) => Path<unknown>): TestEvent[] {
  const told: TestEvent[] = [];
  drive(path((event) => told.push(event)));
  return told;
}

/** vCPU 0 reads gfn 5 until it spins; then a task of another sends it the signal. */
function interrupted(isPending: () => boolean, send: () => void) {
  const results: unknown[] = [];
  const rehearsed = rehearse<TestEvent>(
    {
      *V(emit) {
        const env = { ...host.env("V", emit), signalPending: isPending };
        results.push(yield* guestAccess(env, { vm: "vm0", vcpu: 0, gfn: gfn(5), does: "read" }));
      },
      *U() {
        yield* step("test: a signal is sent", send);
      },
    },
    { choices: ["V until fault.retried", "U to end", "V to end"] },
  );
  return { ...rehearsed, results };
}

const typesOf = (events: readonly TestEvent[]) => events.map(({ type }) => type);
const ofType = <T extends TestEvent["type"]>(events: readonly TestEvent[], type: T) =>
  events.filter((event): event is Extract<TestEvent, { type: T }> => event.type === type);

describe("the first access", () => {
  it("walks in vain, faults, installs a leaf, walks again and finds zeroes", () => {
    expect(alone(access("V", "read", 5)).map(short)).toEqual([
      ...["vcpu.entered", "guest.walked", "vcpu.exited", "srcu.entered", "fault.begun", "page.got"],
      ...["lock.taken vm0/mmu_lock", "spte.installed", "lock.released vm0/mmu_lock", "page.put", "srcu.left"],
      ...["vcpu.entered", "guest.walked", "guest.walked", "guest.walked", "guest.walked", "guest.walked"],
      "guest.read",
    ]);
  });

  it("leaves one leaf, tables down to it, and a page that only the file holds", () => {
    const told = alone(access("V", "read", 5));
    expect(ofType(told, "spte.installed")).toMatchObject([
      { gfn: 5, level: 1, linked: [4, 3, 2, 1], replaced: 0, vcpu: "vm0/vcpu0" },
    ]);
    expect(ofType(told, "page.got")).toMatchObject([{ index: 5, refs: 2, order: 0 }]);
    expect(ofType(told, "page.put")).toMatchObject([{ refs: 1 }]);
    expect(ofType(told, "guest.read")).toMatchObject([{ gfn: 5, tag: null, stale: false, via: "tables" }]);
    expect(tdpLeavesIn(host.vm0.tdp, 0, 2000)).toHaveLength(1);
  });

  it("writes its VM's name, which the next reader finds", () => {
    alone(access("V", "write", 5));
    expect(ofType(alone(access("V", "read", 5, 1)), "guest.read")).toMatchObject([
      { tag: "vm0", via: "tables", vcpu: "vm0/vcpu1" },
    ]);
  });

  it("maps 2 MiB at once where the folio and the slot allow it", () => {
    host.file.order = 9;
    expect(ofType(alone(access("V", "read", 515)), "spte.installed")).toMatchObject([
      { gfn: 512, level: 2, linked: [4, 3, 2] },
    ]);
    expect(ofType(alone(access("V", "read", 1023)), "spte.installed")).toEqual([]);
  });

  it("replaces smaller leaves, flushes, and only then gives the table back", () => {
    host.file.order = 9;
    const small = visibleSlot(host, host.vm0, 4, 2048, 512, 2048);
    drive(kvmMapGuest(host.env(), "vm0", gfn(2048), 512));
    expect(tdpLeavesIn(host.vm0.tdp, 2048, 2560)).toMatchObject([{ level: 2 }]);
    // A table of 4 KiB leaves is left empty where a slot was deleted; the next fault may use one leaf.
    host.file.order = 0;
    visibleSlot(host, host.vm0, 5, 4096, 512, 4096);
    drive(kvmMapGuest(host.env(), "vm0", gfn(4096), 1));
    const before = host.vm0.tdp.inUse[1];
    drive(kvmDeleteSlot(host.env(), "vm0", 5));
    host.file.order = 9;
    visibleSlot(host, host.vm0, 6, 4096, 512, 8192);
    const told = alone(access("V", "read", 4100));
    expect(ofType(told, "spte.installed")).toMatchObject([{ gfn: 4096, level: 2, replaced: 0 }]);
    expect(typesOf(told)).toContain("tlb.requested");
    expect(host.vm0.tdp.inUse[1]).toBe(before - 1);
    expect(small.npages).toBe(512);
  });
});

describe("later accesses", () => {
  it("find the translation in the TLB: one step", () => {
    alone(access("V", "read", 5));
    const { steps } = rehearse<TestEvent>({ V: access("V", "write", 5) });
    expect(steps.map(({ events }) => events.map(short))).toEqual([["guest.wrote"]]);
  });

  it("of a neighbour walk as far as there are tables: five reads, and the last one finds nothing", () => {
    alone(access("V", "read", 5));
    const walked = ofType(alone(access("V", "read", 6)), "guest.walked");
    expect(walked.slice(0, 5).map(({ level, index, found }) => [level, index, found])).toEqual([
      [5, 0, "table"],
      [4, 0, "table"],
      [3, 0, "table"],
      [2, 0, "table"],
      [1, 6, "none"],
    ]);
  });

  it("by another vCPU that faulted at the same time find the leaf there", () => {
    const { steps } = rehearse<TestEvent>(
      { V: access("V", "read", 5), W: access("W", "read", 5, 1) },
      { choices: ["V until page.got", "W until page.got", "V to end", "W to end"] },
    );
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "spte.installed")).toHaveLength(1);
    expect(ofType(told, "fault.spurious")).toMatchObject([{ vcpu: "vm0/vcpu1", gfn: 5 }]);
    expect(ofType(told, "guest.read")).toHaveLength(2);
  });
});

describe("a fault that races with a bracket", () => {
  it("is sent back where a bracket has ended since its snapshot, and then gets another page", () => {
    const { steps } = rehearse<TestEvent>(
      {
        V: access("V", "read", 5),
        *P(emit) {
          yield* starting(5, 6)(emit);
          yield* ending(5, 6)(emit);
        },
      },
      { choices: ["V until page.got", "P to end", "V to end"] },
    );
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "seq", gfn: 5 }]);
    expect(ofType(told, "fault.begun").map(({ seq }) => seq)).toEqual([7, 8]);
    expect(ofType(told, "guest.read")).toHaveLength(1);
  });

  it("waits outside while the bracket is open, and is put off until it ends", () => {
    const { steps, putOffs } = rehearse<TestEvent>(
      {
        V: access("V", "read", 5),
        *P(emit) {
          yield* starting(5, 6)(emit);
          yield* ending(5, 6)(emit);
        },
      },
      { choices: ["P until srcu.left", "V to end", "P to end"] },
    );
    expect(putOffs).toMatchObject([{ task: "V", at: "vcpu: back to the guest, to fault again" }]);
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "count" }]);
  });

  it("never ends where the bracket never does: the vCPU is left retrying", () => {
    alone(starting(5, 6));
    const { stuck } = rehearse<TestEvent>({ V: access("V", "read", 5) });
    expect(stuck).toEqual(["V"]);
    expect(host.vm0.vcpus[0]).toMatchObject({ state: "retrying", fault: { gfn: 5, seq: 7 } });
    expect(host.vm0.srcu.readers).toEqual([]);
  });

  it.each([
    ["seqTest", ["V until page.got", "P to end", "V to end"]],
    ["countTest", ["P until srcu.left", "V to end", "P to end"]],
  ] as const)("installs what is being taken away where the %s is left out", (omitted, choices) => {
    host.omit.add(omitted);
    const { steps } = rehearse<TestEvent>(
      {
        V: access("V", "read", 5),
        *P(emit) {
          yield* starting(5, 6)(emit);
          yield* ending(5, 6)(emit);
        },
      },
      { choices },
    );
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toEqual([]);
    expect(ofType(told, "spte.installed")).toHaveLength(1);
  });
});

describe("a fault that gets nothing", () => {
  it("outside of all slots is for a device in user space", () => {
    const told = alone(access("V", "read", 5000));
    expect(told.at(-1)).toMatchObject({ type: "vcpu.exited", reason: "mmio", gfn: 5000 });
    expect(host.vm0.vcpus[0]).toMatchObject({ state: "out", exit: "mmio" });
  });

  it("in an ordinary slot, or beyond what the tables reach, is EINVAL", () => {
    visibleSlot(host, host.vm0, 4, 4096, 16, null);
    expect(drive(access("V", "read", 4100)(() => {}))).toEqual(fail("EINVAL"));
    expect(host.vm0.vcpus[0]).toMatchObject({ state: "out", fault: null });
    expect(drive(access("V", "read", 2 ** 45)(() => {}))).toEqual(fail("EINVAL"));
  });

  it("beyond what the tables reach is EINVAL also of a vCPU that is in the guest already", () => {
    alone(access("V", "read", 5));
    const { steps } = rehearse<TestEvent>({ V: access("V", "read", 2 ** 45) });
    expect(steps).toHaveLength(1);
    expect(drive(access("V", "read", 2 ** 45)(() => {}))).toEqual(fail("EINVAL"));
  });

  it("whatever the file's errno is, tries again until the file can give a page (T-q)", () => {
    host = testHost(newMemory(1));
    memslot = visibleSlot(host, host.vm0, 3, 0, 1024, 0);
    alone(access("V", "read", 1));
    const { stuck, steps } = rehearse<TestEvent>({ V: access("V", "read", 5) });
    expect(stuck).toEqual(["V"]);
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "ENOMEM" }]);
  });

  const deleting = (emit: Emit) => kvmDeleteSlot(host.env("U", emit), "vm0", 3);

  it("is for a device once its slot is gone, though the file still has no page", () => {
    host = testHost(newMemory(1));
    memslot = visibleSlot(host, host.vm0, 3, 0, 1024, 0);
    alone(access("V", "read", 1));
    const { steps, stuck } = rehearse<TestEvent>(
      { V: access("V", "read", 5), U: deleting },
      { choices: ["V until fault.retried", "U to end", "V to end"] },
    );
    expect(stuck).toEqual([]);
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "ENOMEM" }]);
    expect(ofType(told, "vcpu.exited").at(-1)).toMatchObject({ reason: "mmio", gfn: 5 });
  });

  it("is for a device once its slot is gone, though the bracket never closes", () => {
    alone(starting(5, 6));
    const { steps, stuck } = rehearse<TestEvent>(
      { V: access("V", "read", 5), U: deleting },
      { choices: ["V until fault.retried", "U to end", "V to end"] },
    );
    expect(stuck).toEqual([]);
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "count" }]);
    expect(ofType(told, "vcpu.exited").at(-1)).toMatchObject({ reason: "mmio", gfn: 5 });
  });

  it("gets its page from another slot that has come to stand there", () => {
    host = testHost(newMemory(1));
    memslot = visibleSlot(host, host.vm0, 3, 0, 16, 0);
    visibleSlot(host, host.vm0, 4, 100, 16, 50);
    alone(access("V", "read", 100));
    const { steps, stuck } = rehearse<TestEvent>(
      {
        V: access("V", "read", 5),
        *U(emit) {
          yield* deleting(emit);
          const slot = { vm: "vm0", slot: 3, gfn: gfn(0), pages: 16, backing: backedBy(45) };
          yield* kvmCreateSlot(host.env("U", emit), slot);
        },
      },
      { choices: ["V until fault.retried", "U to end", "V to end"] },
    );
    expect(stuck).toEqual([]);
    expect(
      ofType(
        steps.flatMap(({ events }) => events),
        "guest.read",
      ),
    ).toMatchObject([{ gfn: 5 }]);
  });

  it("is asked for again where the slot has come to be backed by another part of the file", () => {
    host = testHost(newMemory(1));
    memslot = visibleSlot(host, host.vm0, 3, 0, 16, 0);
    alone(access("V", "read", 1));
    const { stuck } = rehearse<TestEvent>(
      {
        V: access("V", "read", 5),
        *U() {
          yield* step("test: the slot is bound elsewhere", () => {
            memslot.pgoff = pgoff(-4);
          });
        },
      },
      { choices: ["V until fault.retried", "U to end", "V to end"] },
    );
    expect(stuck).toEqual([]);
  });

  it("in a slot that is being deleted is sent back until the slot is gone, and then is for a device", () => {
    const { steps, putOffs } = rehearse<TestEvent>(
      {
        U: (emit) => kvmDeleteSlot(host.env("U", emit), "vm0", 3),
        V: access("V", "read", 5),
      },
      { choices: ["U until slot.invisible", "V to end", "U to end"] },
    );
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "slot" }]);
    expect(putOffs).toMatchObject([{ task: "V" }]);
    expect(ofType(told, "vcpu.exited").at(-1)).toMatchObject({ reason: "mmio" });
  });

  it("in a slot that became invisible after it was found is sent back too: the deletion has zapped already", () => {
    const { steps } = rehearse<TestEvent>(
      {
        V: access("V", "read", 5),
        U: (emit) => kvmDeleteSlot(host.env("U", emit), "vm0", 3),
      },
      { choices: ["V until page.got", "U to end", "V to end"] },
    );
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "fault.retried")).toMatchObject([{ because: "slot" }]);
    expect(ofType(told, "spte.installed")).toEqual([]);
  });

  it("that is sent back for ever ends with a signal to its task: -EINTR", () => {
    alone(starting(5, 6));
    let signalled = false;
    const { stuck, steps, results } = interrupted(
      () => signalled,
      () => {
        signalled = true;
      },
    );
    expect([stuck, results]).toEqual([[], [fail("EINTR")]]);
    const told = steps.flatMap(({ events }) => events);
    expect(ofType(told, "vcpu.exited").at(-1)).toMatchObject({ reason: "signal", vcpu: "vm0/vcpu0" });
    expect(host.vm0.vcpus[0]).toMatchObject({ state: "out", exit: "signal", fault: null });
  });

  it("is not begun while a signal waits: -EINTR at the entry, and nothing is mapped", () => {
    const env = { ...host.env("V"), signalPending: () => true };
    const read = { vm: "vm0", vcpu: 0, gfn: gfn(5), does: "read" } as const;
    expect(drive(guestAccess(env, read))).toEqual(fail("EINTR"));
    expect(host.told.map(({ type }) => type)).toEqual(["vcpu.exited"]);
  });

  it("of a VM that is dead does not come to be: -EIO at the entry", () => {
    host.vm0.bugged = true;
    expect(drive(access("V", "read", 5)(() => {}))).toEqual(fail("EIO"));
    expect(host.vm0.vcpus[0]).toMatchObject({ state: "out", exit: "dead" });
  });
});

describe("a flush", () => {
  it("kicks the vCPUs in the guest one by one, and waits for nobody else", () => {
    alone(access("V", "read", 5, 0));
    const told = alone(starting(5, 6));
    expect(ofType(told, "tlb.requested")).toEqual([
      { type: "tlb.requested", vm: "vm0", vcpus: ["vm0/vcpu0", "vm0/vcpu1"], kicked: ["vm0/vcpu0"] },
    ]);
    expect(ofType(told, "vcpu.exited")).toMatchObject([{ vcpu: "vm0/vcpu0", reason: "kick" }]);
    expect(typesOf(told).indexOf("tlb.flushed")).toBeLessThan(typesOf(told).lastIndexOf("lock.released"));
  });

  it("leaves the translations where they are: they go at the next entry, before anybody can use them", () => {
    alone(access("V", "read", 5));
    alone(starting(5, 6));
    expect(Object.keys(host.vm0.vcpus[0]?.tlb ?? {})).toEqual(["5"]);
    alone(ending(5, 6));
    const told = alone(access("V", "read", 5));
    expect(told[0]).toEqual({ type: "vcpu.entered", vm: "vm0", vcpu: "vm0/vcpu0", flushed: 1 });
    expect(typesOf(told)).toContain("spte.installed");
  });

  it("does not touch the vCPUs of other VMs", () => {
    visibleSlot(host, host.vm1, 0, 0, 16, 0);
    alone(access("V", "read", 5, 0, "vm1"));
    alone(access("V", "read", 5));
    alone(starting(5, 6));
    expect(host.vm1.vcpus[0]).toMatchObject({ state: "guest", flushRequested: false });
  });

  it("throws a vCPU out between two reads of its walk: the access begins again and finds nothing", () => {
    alone(access("V", "read", 5, 1));
    const { steps } = rehearse<TestEvent>(
      { V: access("V", "write", 5), P: starting(5, 6), E: ending(5, 6) },
      { choices: ["V until guest.walked", "V", "P to end", "E to end", "V to end"] },
    );
    const told = steps.filter(({ task }) => task === 0).flatMap(({ events }) => events);
    expect(typesOf(told)).toContain("fault.begun");
    expect(ofType(told, "vcpu.entered").length).toBeGreaterThan(1);
    expect(ofType(told, "guest.wrote")).toMatchObject([{ stale: false }]);
  });

  it("where it is left out lets a vCPU go on through its TLB to a page that was freed", () => {
    host.omit.add("flush");
    alone(access("V", "write", 5));
    const told = alone(starting(5, 6));
    expect(typesOf(told)).not.toContain("tlb.flushed");
    host.freePages(5, 6);
    expect(ofType(alone(access("V", "read", 5)), "guest.read")).toMatchObject([
      { stale: true, via: "tlb", tag: "vm0" },
    ]);
  });
});

it("an access that succeeds answers OK", () => {
  expect(drive(access("V", "read", 5)(() => {}))).toEqual(OK);
});
