// SPDX-License-Identifier: GPL-2.0-only
// The rules about memory, locks, liveness and sizes: each is told of what must not happen, and says so once.

import { describe, expect, it } from "vitest";
import { drain } from "../../../sim/slices.ts";
import { booting } from "../boot.ts";
import type { LabEvent } from "../events.ts";
import { planOf, vmPreset } from "../fixture.ts";
import type { VariantId } from "../variants.ts";
import { rulesFor } from "./rules.ts";
import { newWatch } from "./watch.ts";

/** A machine of one VM with a vCPU, slot 0 on all 64 pages of f0, 8 of them mapped. */
function watched(variant: VariantId = "review") {
  const plan = planOf({
    vms: new Map([["vm0", { ...vmPreset(7), vcpus: 1 }]]),
    setup: [
      {
        op: "createSlot",
        vm: "vm0",
        slot: 0,
        gfn: 0 as never,
        pages: 64,
        backing: { file: "f0", pgoff: 0 as never },
      },
      { op: "map", vm: "vm0", gfn: 0 as never, pages: 8 },
    ],
  });
  const { world } = drain(booting(plan, variant, () => {}));
  const watch = newWatch(rulesFor(variant, new Map([["vm0", 7]])));
  let step = 0;
  return {
    world,
    /** Tells task P's events of one step, looks, and says what has been found in it. */
    tell(events: readonly LabEvent[], task = "P", atRest = false): string[] {
      const before = watch.findings.length;
      for (const event of events) watch.tell(task, event, world);
      watch.look(++step, world, atRest);
      return watch.findings.slice(before).map(({ invariant, object }) => `${invariant} ${object}`);
    },
    close(): string[] {
      watch.close(step, world);
      return watch.findings.map(({ invariant, object }) => `${invariant} ${object}`);
    },
  };
}

const taken = (lock: string, mode: "read" | "write" = "write"): LabEvent => ({
  type: "lock.taken",
  lock,
  mode,
});
const released = (lock: string, mode: "read" | "write" = "write"): LabEvent => ({
  type: "lock.released",
  lock,
  mode,
});
const VCPU = { vm: "vm0", vcpu: "vm0/vcpu0" } as const;
const begun = (seq: number, gfn = 9): LabEvent => ({ type: "fault.begun", ...VCPU, gfn, seq });
const installed = (fields: Partial<Extract<LabEvent, { type: "spte.installed" }>> = {}): LabEvent => ({
  type: "spte.installed",
  ...VCPU,
  ...{ gfn: 5, level: 1, pfn: 5, generation: 0, linked: [], replaced: 0, ...fields },
});
const walk = (edge: "start" | "end", end = 8): LabEvent => ({
  type: "walk.begun",
  file: "f0",
  edge,
  start: 0,
  end,
});
const bracket = (count: number): LabEvent => ({
  ...{ type: "bracket.begun", memslot: "vm0/0", notifier: 0, vm: "vm0", count },
  ...{ start: 0n, end: 8n, range: [0n, 8n] },
});
const punched = (
  mapped?: readonly (readonly [number, number])[],
): Extract<LabEvent, { type: "shmem.punched" }> => ({
  ...{ type: "shmem.punched", file: "f0", start: 0, end: 8, pages: 8, freed: [[0, 8]] },
  ...(mapped === undefined ? {} : { mapped }),
});

describe("memory", () => {
  const sound = [taken("vm0/mmu_lock", "read"), begun(7, 5)];

  it("says nothing of a leaf that is as it should be", () => {
    expect(watched().tell([...sound, installed()])).toEqual([]);
  });

  it.each<[string, LabEvent, string[]]>([
    ["I13: another page than the file's", installed({ pfn: 6 }), ["I13 vm0"]],
    ["I13: a page of a hole", installed({ gfn: 20, pfn: 5 }), ["I13 vm0"]],
    ["I14: a large leaf over small folios", installed({ gfn: 0, pfn: 0, level: 2 }), ["I14 vm0"]],
    ["I15: a gfn without a slot", installed({ gfn: 100 }), ["I15 vm0"]],
  ])("%s", (_, event, found) => {
    expect(watched().tell([...sound, event])).toEqual(found);
  });

  it("I11: a leaf over an open bracket, or with an old snapshot", () => {
    const write = taken("vm0/mmu_lock");
    expect(watched().tell([write, bracket(1), begun(7, 5), installed()])).toContain("I11 vm0");
    expect(watched().tell([write, begun(6, 5), installed()])).toEqual(["I11 vm0"]);
    // Beside the range nothing is held off, also by the large leaf that reaches into it.
    expect(watched().tell([write, bracket(1), begun(7, 9), installed()])).not.toContain("I11 vm0");
  });

  it("I10: a page that leaves the file mapped, or is mapped while its punch frees", () => {
    expect(watched().tell([punched([[3, 4]])])).toContain("I10 f0");
    const lab = watched();
    // The first part of the hole: more of its pages are to go.
    const part: LabEvent = { ...punched(), end: 2, freed: [[0, 2]], more: true };
    expect(lab.tell([walk("start"), part], "Q")).not.toContain("I10 f0");
    expect(lab.tell([...sound, installed()])).toContain("I10 f0");
  });

  it("I10 is over with the last page, whoever still holds the inode's lock", () => {
    const lab = watched();
    expect(lab.tell([walk("start"), punched()], "Q")).not.toContain("I10 f0");
    expect(lab.tell([...sound, installed()])).not.toContain("I10 f0");
    // A page that left and that a fault still holds is being freed yet.
    expect(lab.tell([...sound, installed({ pfn: 20 })])).toContain("I10 f0");
    expect(lab.tell([released("f0/inode->lock")], "Q")).toEqual([]);
    expect(lab.tell([...sound, installed({ pfn: 21 })])).not.toContain("I10 f0");
  });

  it("I10: an allocation that takes back what it added frees no hole", () => {
    const lab = watched();
    const returned: LabEvent = { type: "operation.returned", op: "punch", errno: null };
    lab.tell([walk("start"), punched(), released("f0/inode->lock"), returned], "Q");
    // Nor does the punch before it say what is freed.
    lab.tell([{ ...punched(), start: 4, end: 6, freed: [[4, 6]], undone: true }], "Q");
    expect(lab.tell([...sound, installed({ pfn: 20 })])).not.toContain("I10 f0");
  });

  it("I9: a large leaf that is walked to brings all of its pages into the TLB, also a freed one", () => {
    const lab = watched();
    const vcpu = lab.world.vms.vm0!.vcpus[0]!;
    lab.world.memory.blocks[0]![3 * 4] = 1;
    vcpu.state = "guest";
    vcpu.tlb[0] = { gfn: 0, level: 2, pfn: 0 as never, generation: 0 };
    const read: LabEvent = {
      ...{ type: "guest.read", ...VCPU, gfn: 5, pfn: 5, stale: false, via: "tables", tag: null },
    };
    expect(lab.tell([read])).toEqual(["I9 vm0/vcpu0"]);
  });

  it("I10: a file that is released on the way out of a punch of another one opens no window", () => {
    const lab = watched();
    lab.tell([walk("start"), punched(), released("f0/inode->lock")], "Q");
    lab.tell([{ type: "file.released", file: "f1", pages: 0, freed: [] }], "Q");
    expect(lab.tell([...sound, installed({ pfn: 20 })])).not.toContain("I10 f0");
  });

  it("I8, I9, I10 and I12 look at the pages of a file that is released, too", () => {
    const gone = (mapped?: readonly [number, number][]): LabEvent => ({
      ...{ type: "file.released", file: "f0", pages: 8, freed: [[0, 8]] },
      ...(mapped === undefined ? {} : { mapped }),
    });
    const lab = watched();
    const vcpu = lab.world.vms.vm0!.vcpus[0]!;
    lab.world.memory.blocks[0]![3 * 4] = 1;
    lab.world.memory.framesUsed++;
    vcpu.tlb[3] = { gfn: 3, level: 1, pfn: 3 as never, generation: 0 };
    vcpu.state = "guest";
    const found = lab.tell([gone([[3, 4]])], "P", true);
    expect(found.sort()).toEqual(["I10 f0", "I12 host", "I8 vm0", "I9 vm0/vcpu0"]);
    expect(watched().tell([gone()], "P", true)).toEqual([]);
  });

  it("I8 and I9: a leaf, and a translation in use, that are older than their frame", () => {
    const lab = watched();
    const { memory, vms } = lab.world;
    const block = memory.blocks[0]!;
    // Frame 3 was freed once more than the leaf knows: the first word of a frame counts that.
    block[3 * 4] = 1;
    expect(lab.tell([punched([[3, 4]])])).toContain("I8 vm0");
    const vcpu = vms.vm0!.vcpus[0]!;
    vcpu.tlb[3] = { gfn: 3, level: 1, pfn: 3 as never, generation: 0 };
    expect(lab.tell([punched()])).not.toContain("I9 vm0/vcpu0");
    vcpu.state = "guest";
    expect(lab.tell([punched()])).toContain("I9 vm0/vcpu0");
  });

  it("I12: frames that no file holds, at rest alone", () => {
    const lab = watched();
    lab.world.memory.framesUsed++;
    const put: LabEvent = { type: "page.put", file: "f0", index: 1, pfn: 1, refs: 1 };
    expect(lab.tell([put])).toEqual([]);
    expect(lab.tell([put], "P", true)).toEqual(["I12 host"]);
  });
});

describe("locks", () => {
  const changed: LabEvent = {
    ...{ type: "notifier.registered", file: "f0", memslot: "vm0/0", notifier: 0, notifiers: 1 },
  };
  const zapped: LabEvent = { type: "spte.zapped", vm: "vm0", start: 0n, end: 1n, sptes: 0, zapped: [] };

  it.each<[string, LabEvent[], string[]]>([
    ["I21: the store changes without the lock", [changed], ["I21 f0"]],
    ["I21: with a read hold", [taken("f0/rm->lock", "read"), changed], ["I21 f0"]],
    ["the store changes under its lock", [taken("f0/rm->lock"), changed], []],
    ["I23: a leaf without mmu_lock", [begun(7, 5), installed()], ["I23 vm0"]],
    ["I23: a zap with a read hold", [taken("vm0/mmu_lock", "read"), zapped], ["I23 vm0"]],
    ["a zap with a write hold", [taken("vm0/mmu_lock"), zapped], []],
    [
      "I24: mmu_lock before the file's lock",
      [taken("vm0/mmu_lock"), taken("f0/rm->lock")],
      ["I24 f0/rm->lock"],
    ],
    ["I24: a second lock of one rank", [taken("f0/rm->lock"), taken("f1/rm->lock")], ["I24 f1/rm->lock"]],
    [
      "I24: a mutex inside of a spinlock (T-w)",
      [taken("sb/s_inode_list_lock"), taken("f0/rm->lock")],
      ["I24 f0/rm->lock"],
    ],
    ["a spinlock inside of a lock", [taken("f0/rm->lock"), taken("sb/s_inode_list_lock")], []],
    ["the order", ["vm0/slots_lock", "f0/rm->lock", "vm0/mmu_lock"].map((lock) => taken(lock)), []],
    [
      "I25: a lock is taken into the guest",
      [taken("vm0/mmu_lock", "read"), { type: "vcpu.entered", ...VCPU, flushed: 0 }],
      ["I25 vm0/vcpu0"],
    ],
  ])("%s", (_, events, found) => {
    expect(watched().tell(events)).toEqual(found);
  });

  it("I22: the review's lock is let go between the walks; the list's mutex may be", () => {
    const events = [taken("f0/rm->lock", "read"), walk("start"), released("f0/rm->lock", "read")];
    expect(watched("review").tell(events)).toEqual(["I22 f0/rm->lock"]);
    expect(watched("v10").tell(events)).toEqual([]);
  });

  it("are given back: what was held before is not held now", () => {
    const lab = watched();
    lab.tell([taken("vm0/mmu_lock"), released("vm0/mmu_lock")]);
    expect(lab.tell([taken("f0/rm->lock")])).toEqual([]);
  });
});

describe("liveness", () => {
  const retried: LabEvent = { type: "fault.retried", ...VCPU, gfn: 5, because: "seq" };
  const ended: LabEvent = {
    ...{ type: "bracket.ended", memslot: "vm0/0", notifier: 0, vm: "vm0", count: 0, seq: 8, range: [0n, 8n] },
  };

  it("I30: more retries than one and the brackets that ended since the first snapshot", () => {
    const lab = watched();
    expect(lab.tell([begun(7), retried])).toEqual([]);
    expect(lab.tell([begun(7), retried])).toEqual(["I30 vm0/vcpu0"]);
    // One that ended before the snapshot excuses nothing.
    const early = watched();
    const end = [taken("vm0/mmu_lock"), ended];
    expect(early.tell([...end, begun(8), retried, begun(8), retried])).toContain("I30 vm0/vcpu0");
    const owed = watched();
    const found = [1, 2, 3].flatMap(() => owed.tell([begun(7), ...end, retried]));
    expect(found).not.toContain("I30 vm0/vcpu0");
  });

  it("I30 does not count what an open bracket sends back, however often the slot is replaced meanwhile", () => {
    const lab = watched();
    const held: LabEvent = { ...retried, because: "count" } as LabEvent;
    const found = [
      ...lab.tell([taken("vm0/mmu_lock"), bracket(1), released("vm0/mmu_lock")], "M"),
      ...[1, 2, 3].flatMap(() => lab.tell([begun(7), held])),
      ...lab.tell([taken("vm0/mmu_lock"), ended, released("vm0/mmu_lock")], "M"),
      ...lab.tell([begun(7), retried]),
    ];
    expect(found).not.toContain("I30 vm0/vcpu0");
    // The one retry too many that no bracket is to blame for is still counted.
    const more = [1, 2].flatMap(() => lab.tell([begun(8), retried]));
    expect(more).toEqual(["I30 vm0/vcpu0"]);
  });

  it.each<[string, LabEvent]>([
    ["its leaf is there", installed()],
    ["another vCPU was faster", { type: "fault.spurious", ...VCPU, gfn: 5 }],
    ["the access is over", { type: "operation.returned", op: "guestRead", errno: null }],
  ])("I30 counts anew once %s", (_, over) => {
    const lab = watched();
    const found = [1, 2].flatMap(() => lab.tell([begun(7), retried, over]));
    expect(found).not.toContain("I30 vm0/vcpu0");
  });

  it("I31: a vCPU that is left retrying at the end", () => {
    const lab = watched();
    expect(lab.close()).toEqual([]);
    Object.assign(lab.world.vms.vm0!.vcpus[0]!, { state: "retrying", fault: { gfn: 5, seq: 7 } });
    expect(lab.close()).toEqual(["I31 vm0/vcpu0"]);
  });

  it("I32: a punch that never comes to its end", () => {
    const asked: LabEvent = { type: "punch.begun", file: "f0", offset: 0n, len: 4096n };
    const returned: LabEvent = { type: "operation.returned", op: "punch", errno: "EINVAL" };
    const lab = watched("v10");
    // What is refused has no walks; what waits for a lock for ever has not had them.
    expect(lab.tell([asked, returned])).toEqual([]);
    expect(lab.close()).toEqual([]);
    lab.tell([asked]);
    expect(lab.close()).toEqual(["I32 f0"]);
  });

  it("I32: a punch that returns after its start walk alone", () => {
    const lock = taken("f0/rm->lock", "read");
    const returned: LabEvent = { type: "operation.returned", op: "punch", errno: null };
    const over = (edge: "start" | "end"): LabEvent => ({ type: "walk.ended", file: "f0", edge });
    const asked: LabEvent = { type: "punch.begun", file: "f0", offset: 0n, len: 4096n };
    expect(watched("v10").tell([asked, lock, walk("start"), over("start"), returned])).toEqual(["I32 f0"]);
    expect(
      watched("v10").tell([asked, lock, walk("start"), over("start"), walk("end"), over("end"), returned]),
    ).toEqual([]);
  });
});

describe("sizes", () => {
  it("I18: a binding beyond the end of a file, made for a slot that is visible already", () => {
    const bound = (end: number, notifier = 0): LabEvent => ({
      ...{
        type: "notifier.bound",
        file: "f0",
        memslot: "vm0/0",
        notifier,
        start: 0,
        end,
        first: 0,
        last: end - 1,
      },
    });
    const lock = taken("f0/rm->lock");
    const lab = watched();
    expect(lab.tell([lock, bound(64)])).not.toContain("I18 vm0/0");
    expect(lab.tell([lock, bound(65)])).toContain("I18 vm0/0");
    // A slot that is being made is looked at when it becomes visible.
    const making = watched();
    making.world.memslots.push({ ...making.world.memslots[0]!, id: 1 as never });
    expect(making.tell([lock, bound(65, 1)])).not.toContain("I18 vm0/0");
    const made = watched();
    made.world.files.f0!.memfd.iSize = 63n * 4096n;
    const { slots } = made.world.vms.vm0!;
    delete slots[0];
    expect(made.tell([lock, bound(64), released("f0/rm->lock")])).not.toContain("I18 vm0/0");
    slots[0] = 0 as never;
    const visible: LabEvent = { type: "slot.visible", memslot: "vm0/0", notifier: 0, gfn: 0, pages: 64 };
    expect(made.tell([visible])).toEqual(["I18 vm0/0"]);
  });

  it("I18: a slot beyond the end of its file", () => {
    const visible: LabEvent = { type: "slot.visible", memslot: "vm0/0", notifier: 0, gfn: 0, pages: 64 };
    const lab = watched();
    expect(lab.tell([visible])).toEqual([]);
    lab.world.files.f0!.memfd.iSize = 63n * 4096n;
    expect(lab.tell([visible])).toEqual(["I18 vm0/0"]);
  });
});
