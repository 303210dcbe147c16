// SPDX-License-Identifier: GPL-2.0-only
// Memslots come and go: in which order, and what refuses them.

import { describe, expect, it } from "vitest";
import { present } from "../../assert.ts";
import { fail, OK } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { gfn, pgoff } from "../../units.ts";
import { tdpLeavesIn } from "../tdp/leaves.ts";
import { kvmInvalidateStart } from "./callbacks.ts";
import { clampAsPosted } from "./clamp.ts";
import { kvmCreateSlot, type SlotRequest } from "./createSlot.ts";
import { kvmDeleteSlot } from "./deleteSlot.ts";
import { backedBy, PRESET, short, type TestEvent, testHost, visibleSlot } from "./fixture.ts";
import { copyKvm, gfnToMemslot, newKvm } from "./kvm.ts";
import { kvmMapGuest } from "./mapGuest.ts";
import { memslotOf } from "./memslot.ts";
import { KVM_USER_MEM_SLOTS } from "./region.ts";

const request = (slot: number, first: number, pages: number, base: number | null = first): SlotRequest => ({
  vm: "vm0",
  slot,
  gfn: gfn(first),
  pages,
  backing: base === null ? null : backedBy(base),
});

describe("createSlot", () => {
  it("takes slots_lock, ties the slot to its file, makes it visible, gives slots_lock back", () => {
    const host = testHost();
    expect(drive(kvmCreateSlot(host.env(), request(3, 100, 50, 8)))).toEqual(OK);
    expect(host.told.map(short)).toEqual([
      "lock.taken vm0/slots_lock",
      "backing.attached vm0/3",
      "slot.visible vm0/3",
      "lock.released vm0/slots_lock",
    ]);
    expect(host.told[2]).toEqual({
      type: "slot.visible",
      memslot: "vm0/3",
      notifier: 0,
      gfn: 100,
      pages: 50,
    });
    const expected = {
      id: 0,
      vm: "vm0",
      slot: 3,
      baseGfn: 100,
      npages: 50,
      file: "f0",
      pgoff: 8,
      freed: false,
    };
    expect(memslotOf(host.memslots, gfnToMemslot(host.vm0, host.memslots, 149)?.id as never)).toEqual(
      expected,
    );
  });

  it("has set file and page before the file is asked, as a callback may come at once", () => {
    const host = testHost();
    rehearse<TestEvent>(
      { U: (emit) => kvmCreateSlot(host.env("U", emit), request(0, 100, 50, 8)) },
      {
        watch: (_, events) => {
          if (events.some(({ type }) => type === "backing.attached"))
            expect(host.memslots[0]).toMatchObject({ file: "f0", pgoff: pgoff(8) });
        },
      },
    );
    expect(host.memslots).toHaveLength(1);
  });

  it("asks no file for an ordinary slot", () => {
    const host = testHost();
    expect(drive(kvmCreateSlot(host.env(), request(0, 0, 16, null)))).toEqual(OK);
    expect(host.told.map(({ type }) => type)).toEqual(["lock.taken", "slot.visible", "lock.released"]);
    expect(host.memslots[0]).toMatchObject({ file: null });
  });

  it.each<[string, SlotRequest, "EINVAL" | "EEXIST"]>([
    ["a slot number of user space's limit", request(KVM_USER_MEM_SLOTS, 1000, 1), "EINVAL"],
    ["a slot number far beyond it", request(65_535, 1000, 1), "EINVAL"],
    ["more pages than 2^31 - 1", request(5, 1000, 2 ** 31), "EINVAL"],
    ["an offset and size that add up to 2^64 bytes", request(5, 1000, 4096, -4096), "EINVAL"],
    ["such an offset, over gfns that are taken", request(5, 100, 4096, -4096), "EINVAL"],
    ["a slot that exists, whatever else is asked for", request(1, 1000, 1), "EINVAL"],
    ["a slot that exists, over its own gfns", request(1, 100, 50), "EINVAL"],
    ["the same gfns", request(5, 100, 50), "EEXIST"],
    ["its last gfn", request(5, 149, 10), "EEXIST"],
    ["its first gfn", request(5, 90, 11), "EEXIST"],
    ["gfns around it", request(5, 0, 1000), "EEXIST"],
    ["gfns inside it", request(5, 120, 1), "EEXIST"],
  ])("refuses %s, before the file is asked", (_, asked, errno) => {
    const host = testHost();
    visibleSlot(host, host.vm0, 1, 100, 50, 0);
    visibleSlot(host, host.vm0, 2, 200, 50, null);
    expect(drive(kvmCreateSlot(host.env(), asked))).toEqual(fail(errno));
    expect(host.told.map(short)).toEqual(["lock.taken vm0/slots_lock", "lock.released vm0/slots_lock"]);
    expect(host.memslots).toHaveLength(2);
    expect(Object.keys(host.vm0.slots)).toEqual(["1", "2"]);
  });

  it.each<[string, SlotRequest]>([
    ["the highest slot number", request(KVM_USER_MEM_SLOTS - 1, 1000, 1)],
    ["2^31 - 1 pages", request(5, 1000, 2 ** 31 - 1)],
    ["an offset and size that end a page below 2^64 bytes", request(5, 1000, 4095, -4096)],
    ["gfns right below another slot", request(5, 90, 10)],
    ["gfns right above one, and right below the next", request(5, 150, 50)],
    ["file pages of another slot: that is for the file to say", request(5, 1000, 50, 0)],
  ])("allows %s", (_, asked) => {
    const host = testHost();
    visibleSlot(host, host.vm0, 1, 100, 50, 0);
    visibleSlot(host, host.vm0, 2, 200, 50, null);
    expect(drive(kvmCreateSlot(host.env(), asked))).toEqual(OK);
    expect(gfnToMemslot(host.vm0, host.memslots, asked.gfn)?.slot).toBe(asked.slot);
  });

  it("lets another VM have the same number and the same gfns", () => {
    const host = testHost();
    visibleSlot(host, host.vm0, 1, 100, 50, 0);
    expect(drive(kvmCreateSlot(host.env(), { ...request(1, 100, 50), vm: "vm1" }))).toEqual(OK);
    expect(gfnToMemslot(host.vm1, host.memslots, 100)?.vm).toBe("vm1");
  });

  it("that the file refuses leaves nothing: number and gfns are free again, and a deletion finds no slot", () => {
    const host = testHost();
    host.answer = fail("EINVAL");
    expect(drive(kvmCreateSlot(host.env(), request(0, 0, 16)))).toEqual(fail("EINVAL"));
    expect(host.told.map(short)).toEqual([
      "lock.taken vm0/slots_lock",
      "backing.attached vm0/0",
      "lock.released vm0/slots_lock",
    ]);
    expect([host.vm0.slots, host.vm0.slotsByGfn]).toEqual([{}, []]);
    expect(host.memslots).toMatchObject([{ freed: true }]);
    expect(drive(kvmDeleteSlot(host.env(), "vm0", 0))).toEqual(fail("EINVAL"));
    host.answer = OK;
    expect(drive(kvmCreateSlot(host.env(), request(0, 0, 16)))).toEqual(OK);
  });

  it.each([
    ["52 bits of address", 5, 2 ** 40],
    ["what four levels of tables reach", 4, 2 ** 36],
  ] as const)("gives up the binding of a slot beyond %s: nothing is left of it", (_, levels, end) => {
    const host = testHost();
    Object.assign(host.vm0, newKvm("vm0", { ...PRESET, levels }));
    expect(drive(kvmCreateSlot(host.env(), request(0, end - 15, 16, 0)))).toEqual(fail("EINVAL"));
    expect(host.told.map(short)).toEqual([
      "lock.taken vm0/slots_lock",
      ...["backing.attached vm0/0", "backing.detached vm0/0", "slot.freed vm0/0"],
      "lock.released vm0/slots_lock",
    ]);
    expect([host.vm0.slots, host.vm0.slotsByGfn]).toEqual([{}, []]);
    expect(host.memslots).toMatchObject([{ freed: true }]);
    expect(drive(kvmCreateSlot(host.env(), request(0, end - 16, 16, 0)))).toEqual(OK);
    expect(drive(kvmCreateSlot(host.env(), request(1, end, 16, null)))).toEqual(fail("EINVAL"));
  });

  it("looks at what the file says before the address: the file's errno wins", () => {
    const host = testHost();
    host.answer = fail("EBADF");
    expect(drive(kvmCreateSlot(host.env(), request(0, 2 ** 40, 16, 0)))).toEqual(fail("EBADF"));
  });

  it("waits for another call on the same VM, and not for one on another", () => {
    const host = testHost();
    const { steps, putOffs } = rehearse<TestEvent>(
      {
        A: (emit) => kvmCreateSlot(host.env("A", emit), request(0, 0, 16)),
        B: (emit) => kvmCreateSlot(host.env("B", emit), request(1, 16, 16)),
        C: (emit) => kvmCreateSlot(host.env("C", emit), { ...request(2, 32, 16), vm: "vm1" }),
      },
      { choices: ["A until lock.taken", "B to end", "C to end", "A to end"] },
    );
    expect(putOffs.map(({ task }) => task)).toEqual(["B"]);
    const visible = steps.filter(({ events }) => events.some(({ type }) => type === "slot.visible"));
    expect(visible.map(({ task }) => task)).toEqual([2, 0, 1]);
  });
});

describe("deleteSlot", () => {
  const mapped = () => {
    const host = testHost();
    visibleSlot(host, host.vm0, 3, 100, 50, 8);
    visibleSlot(host, host.vm0, 4, 150, 50, 58);
    drive(kvmMapGuest(host.env(), "vm0", gfn(145), 10));
    host.told.length = 0;
    return host;
  };

  it("makes the slot invisible, zaps and flushes, waits for its readers, unties it, frees it", () => {
    const host = mapped();
    expect(drive(kvmDeleteSlot(host.env(), "vm0", 3))).toEqual(OK);
    expect(host.told.map(short)).toEqual([
      "lock.taken vm0/slots_lock",
      "slot.invisible vm0/3",
      "lock.taken vm0/mmu_lock",
      "spte.zapped",
      "tlb.requested",
      "tlb.flushed",
      "lock.released vm0/mmu_lock",
      "grace.elapsed",
      "backing.detached vm0/3",
      "slot.freed vm0/3",
      "lock.released vm0/slots_lock",
    ]);
    expect(host.told[3]).toEqual({
      type: "spte.zapped",
      vm: "vm0",
      start: 100n,
      end: 150n,
      sptes: 5,
      zapped: [[145, 150]],
    });
    expect(host.told[7]).toEqual({ type: "grace.elapsed", of: "vm0/kvm->srcu" });
    expect(host.memslots[0]).toMatchObject({ freed: true });
    expect(tdpLeavesIn(host.vm0.tdp, 0, 1000).map((mapping) => mapping.gfn)).toEqual([
      150, 151, 152, 153, 154,
    ]);
  });

  it("flushes nothing where nothing was mapped", () => {
    const host = testHost();
    visibleSlot(host, host.vm0, 3, 100, 50, 8);
    drive(kvmDeleteSlot(host.env(), "vm0", 3));
    expect(host.told.map(({ type }) => type)).toContain("spte.zapped");
    expect(host.told.map(({ type }) => type)).not.toContain("tlb.flushed");
  });

  it("asks no file for an ordinary slot", () => {
    const host = testHost();
    visibleSlot(host, host.vm0, 3, 100, 50, null);
    expect(drive(kvmDeleteSlot(host.env(), "vm0", 3))).toEqual(OK);
    expect(host.told.map(({ type }) => type)).not.toContain("backing.detached");
    expect(host.told.map(({ type }) => type)).toContain("slot.freed");
  });

  it("touches no bracket: count, seq and range stay as they were", () => {
    const host = mapped();
    drive(kvmDeleteSlot(host.env(), "vm0", 3));
    expect(host.vm0).toMatchObject({
      mmuInvalidateInProgress: 0,
      mmuInvalidateSeq: 7,
      mmuInvalidateRange: { start: 0n, end: 0n },
    });
  });

  it("of a slot that is not there is EINVAL, and takes nothing but slots_lock", () => {
    const host = mapped();
    expect(drive(kvmDeleteSlot(host.env(), "vm0", 9))).toEqual(fail("EINVAL"));
    expect(drive(kvmDeleteSlot(host.env(), "vm1", 3))).toEqual(fail("EINVAL"));
    expect(host.told.map(({ type }) => type)).toEqual([
      "lock.taken",
      "lock.released",
      "lock.taken",
      "lock.released",
    ]);
  });

  it("frees the number and the gfns; the object keeps its id, and the next one has another", () => {
    const host = mapped();
    drive(kvmDeleteSlot(host.env(), "vm0", 3));
    expect(drive(kvmCreateSlot(host.env(), request(3, 120, 30)))).toEqual(OK);
    expect(host.memslots.map(({ id, slot, freed }) => [id, slot, freed])).toEqual([
      [0, 3, true],
      [1, 4, false],
      [2, 3, false],
    ]);
    expect(gfnToMemslot(host.vm0, host.memslots, 119)).toBeNull();
    expect(gfnToMemslot(host.vm0, host.memslots, 120)?.id).toBe(2);
  });

  it("waits, zapped already and still tied, while a start callback is in its read section", () => {
    const host = mapped();
    const deleted = present(host.memslots[0], "the slot");
    const told: string[] = [];
    const { putOffs, stuck } = rehearse<TestEvent>(
      {
        P: (emit) => kvmInvalidateStart(host.env("P", emit), clampAsPosted, deleted.id, pgoff(45), pgoff(47)),
        U: (emit) => kvmDeleteSlot(host.env("U", emit), "vm0", 3),
      },
      {
        choices: ["P until srcu.entered", "U to end", "P to end"],
        watch: (task, events) => told.push(...events.map((event) => `${task} ${short(event)}`)),
      },
    );
    expect(stuck).toEqual([]);
    expect(putOffs).toMatchObject([{ task: "U", at: "kvm: wait for the readers of the old slots" }]);
    expect(told).toEqual([
      "P notifier.start vm0/3",
      "P srcu.entered",
      "U lock.taken vm0/slots_lock",
      "U slot.invisible vm0/3",
      "U lock.taken vm0/mmu_lock",
      "U spte.zapped",
      "U tlb.requested",
      "U tlb.flushed",
      "U lock.released vm0/mmu_lock",
      "P lock.taken vm0/mmu_lock",
      "P bracket.begun vm0/3",
      "P spte.zapped",
      "P lock.released vm0/mmu_lock",
      "P srcu.left",
      "U grace.elapsed",
      "U backing.detached vm0/3",
      "U slot.freed vm0/3",
      "U lock.released vm0/slots_lock",
    ]);
  });
});

describe("the slots of a VM", () => {
  it("are found by gfn, first and last page, and nothing is found between them", () => {
    const host = testHost();
    for (const [slot, first] of [300, 100, 200].entries()) visibleSlot(host, host.vm0, slot, first, 50, 0);
    const slotAt = (at: number) => gfnToMemslot(host.vm0, host.memslots, at)?.slot ?? null;
    expect([99, 100, 149, 150, 199, 200, 249, 250, 300, 349, 350].map(slotAt)).toEqual([
      ...[null, 1, 1, null, null, 2, 2, null, 0, 0, null],
    ]);
  });

  it("stay in order of their gfns, in whatever order they are created and deleted", () => {
    const host = testHost();
    for (const [slot, first] of [30, 10, 20, 0, 40].entries())
      expect(drive(kvmCreateSlot(host.env(), request(slot, first, 10)))).toEqual(OK);
    drive(kvmDeleteSlot(host.env(), "vm0", 2));
    const firsts = () => host.vm0.slotsByGfn.map((id) => memslotOf(host.memslots, id).baseGfn);
    expect(firsts()).toEqual([0, 10, 30, 40]);
    drive(kvmCreateSlot(host.env(), request(7, 25, 5)));
    expect(firsts()).toEqual([0, 10, 25, 30, 40]);
  });

  it("are copied with their VM: what happens to the copy does not happen to it", () => {
    const host = testHost();
    visibleSlot(host, host.vm0, 0, 0, 10, 0);
    drive(kvmMapGuest(host.env(), "vm0", gfn(0), 2));
    const copy = copyKvm(host.vm0);
    const other = { ...host.env(), vms: { vm0: copy } };
    drive(kvmMapGuest(other, "vm0", gfn(2), 2));
    drive(kvmDeleteSlot(other, "vm0", 0));
    expect(Object.keys(host.vm0.slots)).toEqual(["0"]);
    expect(host.vm0.slotsByGfn).toEqual([0]);
    expect(tdpLeavesIn(host.vm0.tdp, 0, 10)).toHaveLength(2);
    expect(tdpLeavesIn(copy.tdp, 0, 10)).toHaveLength(0);
  });
});
