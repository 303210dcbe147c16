// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { present } from "../../../assert.ts";
import type { Kvm } from "../../../kernel/kvm/kvm.ts";
import { xaMkPointer, xaStoreRange } from "../../../kernel/xarray/index.ts";
import { booting } from "../boot.ts";
import { drain } from "../../../sim/slices.ts";
import type { LabEvent } from "../events.ts";
import type { VariantId } from "../variants.ts";
import { planOf, vmPreset } from "../fixture.ts";
import { bracketRule } from "./brackets.ts";
import { newWatch } from "./watch.ts";

// A kernel that errs on purpose: its events and its world are made here, one against the other.

const RANGE = { start: 0n, end: 64n };

/** A machine with one file and two VMs that nothing has happened to, and a watch over it. */
function watched(variant: VariantId = "v10") {
  const seqs = new Map([
    ["vm0", 7],
    ["vm1", 0],
  ]);
  const plan = planOf({
    files: new Map([["f0", { pages: 1024 }]]),
    vms: new Map([...seqs].map(([name, seq]) => [name, vmPreset(seq)])),
  });
  const { world } = drain(booting(plan, variant, () => {}));
  const watch = newWatch([bracketRule(seqs)]);
  const vm = (name = "vm0"): Kvm => present(world.vms[name], name);
  let step = 0;
  const found = () =>
    watch.findings.map((finding) => `${finding.step} ${finding.invariant} ${finding.object}`);
  return {
    world,
    vm,
    file: present(world.files.f0, "f0"),
    tell: (...events: LabEvent[]) => {
      for (const event of events) watch.tell("P", event, world);
    },
    tellAs: (task: string, event: LabEvent) => watch.tell(task, event, world),
    /** Looks after one more step, and says what has been found so far. */
    look: (atRest = false) => {
      watch.look(++step, world, atRest);
      return found();
    },
    text: () => watch.findings.at(-1)?.text,
    /** begin() as it should be: the world changes, and is told of. */
    begin(notifier = 0, start = RANGE.start, end = RANGE.end, task = "P") {
      const kvm = vm();
      kvm.mmuInvalidateInProgress++;
      kvm.mmuInvalidateRange = { start, end };
      watch.tell(task, begun(notifier, start, end), world);
    },
    /** end() as it should be. */
    end(notifier = 0, task = "P") {
      const kvm = vm();
      kvm.mmuInvalidateSeq++;
      kvm.mmuInvalidateInProgress--;
      watch.tell(task, ended(notifier, kvm.mmuInvalidateSeq), world);
    },
  };
}

const of = (notifier: number) => ({ memslot: `vm0/${notifier}`, notifier });
const punch: LabEvent = { type: "punch.begun", file: "f0", offset: 0n, len: 4096n };
const returned: LabEvent = { type: "operation.returned", op: "punch", errno: null };
const callback =
  (type: "notifier.start" | "notifier.end") =>
  (notifier: number, start = 0, end = 64): LabEvent => ({ type, ...of(notifier), start, end, hit: true });
const started = callback("notifier.start");
const endedFor = callback("notifier.end");
const begun = (notifier: number, start: bigint, end: bigint): LabEvent => ({
  type: "bracket.begun",
  ...of(notifier),
  vm: "vm0",
  count: 1,
  start,
  end,
  range: [start, end],
});
const ended = (
  notifier: number,
  seq: number,
  range: readonly [bigint, bigint] | null = [0n, 64n],
): LabEvent => ({
  type: "bracket.ended",
  ...of(notifier),
  vm: "vm0",
  count: 0,
  seq,
  range,
});
const freed = (notifier: number): LabEvent => ({ type: "slot.freed", ...of(notifier) });
const binding =
  (type: "notifier.bound" | "notifier.unbound") =>
  (notifier: number, start: number, end: number): LabEvent => ({
    type,
    file: "f0",
    ...of(notifier),
    start,
    end,
    first: start,
    last: end - 1,
  });
const bound = binding("notifier.bound");
const unbound = binding("notifier.unbound");
const zapped = (sptes: number): LabEvent => ({
  type: "spte.zapped",
  vm: "vm0",
  ...RANGE,
  sptes,
  zapped: [[0, sptes]],
});

describe("an ordinary notifier's bracket", () => {
  it("is the VM's and no memslot's: the slot that led to it may be freed while it is open (I3, I4)", () => {
    const lab = watched();
    const ordinary = (event: LabEvent): LabEvent => ({ ...event, ordinary: true }) as LabEvent;
    lab.vm().mmuInvalidateInProgress++;
    lab.vm().mmuInvalidateRange = RANGE;
    lab.tell(ordinary(begun(0, 0n, 64n)));
    expect(lab.look()).toEqual([]);
    lab.tell(freed(0));
    expect(lab.look()).toEqual([]);
    lab.vm().mmuInvalidateSeq++;
    lab.vm().mmuInvalidateInProgress--;
    lab.tell(ordinary(ended(0, 8)));
    expect(lab.look(true)).toEqual([]);
  });

  it("that is not accounted for in the count is a breach of I4", () => {
    const lab = watched();
    lab.tell({ ...begun(0, 0n, 64n), ordinary: true } as LabEvent);
    expect(lab.look()).toContain("1 I4 vm0");
  });
});

describe("I1, pairing", () => {
  it("holds where each start is followed by its end, three times over (T-d)", () => {
    const lab = watched();
    lab.tell(punch, started(0), started(0), started(0), endedFor(0), endedFor(0), endedFor(0), returned);
    expect(lab.look(true)).toEqual([]);
  });

  it.each<[string, LabEvent[]]>([
    ["an end is missing", [started(0)]],
    ["a start is missing", [endedFor(0)]],
    ["one of three ends is missing", [started(0), started(0), started(0), endedFor(0), endedFor(0)]],
    ["the end comes first", [endedFor(0), started(0)]],
    ["the end names another range", [started(0, 0, 64), endedFor(0, 0, 63)]],
  ])("breaks when the punch returns, and not before, where %s", (_, calls) => {
    const lab = watched();
    lab.tell(punch, ...calls);
    expect(lab.look()).toEqual([]);
    lab.tell(returned);
    expect(lab.look()).toEqual(["2 I1 vm0/0"]);
  });

  it("is held against every kind of call that punched, whatever the scenario called it", () => {
    const lab = watched();
    lab.tell(punch, started(0), { type: "operation.returned", op: "allocate", errno: null });
    expect(lab.look(true)).toEqual(["1 I1 vm0/0"]);
  });

  it("says nothing of a notifier that was freed on the way", () => {
    const lab = watched();
    lab.tell(punch, started(0), freed(0), returned);
    expect(lab.look(true)).toEqual([]);
  });

  it("keeps two punches at once apart", () => {
    const lab = watched();
    lab.tellAs("P", punch);
    lab.tellAs("Q", punch);
    for (const task of ["P", "Q"]) lab.tellAs(task, started(0));
    lab.tellAs("P", endedFor(0));
    lab.tellAs("P", endedFor(0));
    for (const task of ["P", "Q"]) lab.tellAs(task, returned);
    expect(lab.look()).toEqual(["1 I1 vm0/0"]);
  });

  it("breaks where a bracket is open while no operation is in flight", () => {
    const lab = watched();
    lab.begin();
    expect(lab.look(false)).toEqual([]);
    expect(lab.look(true)).toContain("2 I1 vm0/0");
  });
});

describe("I2, no end without a start", () => {
  it("holds while as many ends as starts passed the clamp", () => {
    const lab = watched();
    lab.begin();
    lab.end();
    expect(lab.look(true)).toEqual([]);
  });

  it("breaks at the end that had no start", () => {
    const lab = watched();
    lab.end();
    expect(lab.look()).toEqual(["1 I2 vm0/0", "1 I4 vm0"]);
    expect(lab.text()).toBe("mmu_invalidate_in_progress of vm0 is -1, below zero.");
  });

  it("is told of each notifier", () => {
    const lab = watched();
    lab.end(0);
    lab.end(1);
    expect(lab.look()).toEqual(["1 I2 vm0/0", "1 I2 vm0/1", "1 I4 vm0"]);
  });
});

describe("I3, no lost end", () => {
  it("holds where a notifier is freed after its last end", () => {
    const lab = watched();
    lab.begin();
    lab.end();
    lab.tell(freed(0));
    expect(lab.look(true)).toEqual([]);
  });

  it("breaks where it is freed between start and end", () => {
    const lab = watched();
    lab.begin();
    lab.tell(freed(0));
    expect(lab.look()).toContain("1 I3 vm0/0");
  });

  it("breaks where it is freed after an end too many", () => {
    const lab = watched();
    lab.end();
    lab.tell(freed(0));
    expect(lab.look()).toEqual(["1 I3 vm0/0", "1 I4 vm0"]);
  });

  it("looks at the moment of its death: what a dead notifier hears later is in no sum", () => {
    const lab = watched();
    lab.tell(freed(0));
    expect(lab.look()).toEqual([]);
    lab.tell(punch, started(0));
    lab.begin();
    expect(lab.look()).toEqual(["2 I4 vm0"]);
    expect(lab.text()).toBe("mmu_invalidate_in_progress of vm0 is 1; its living notifiers account for 0.");
    lab.tell(returned);
    expect(lab.look()).toHaveLength(1);
  });
});

describe("I4, the count", () => {
  it("breaks where the kernel counted what no notifier heard", () => {
    const lab = watched();
    lab.begin();
    lab.vm().mmuInvalidateInProgress++;
    expect(lab.look()).toEqual(["1 I4 vm0"]);
  });

  it("breaks below zero, whoever accounts for it", () => {
    const lab = watched();
    lab.begin();
    lab.vm().mmuInvalidateInProgress = -1;
    expect(lab.look()).toEqual(["1 I4 vm0"]);
  });

  it("breaks where it is not zero though no operation is in flight", () => {
    const lab = watched();
    lab.begin();
    expect(lab.look(false)).toEqual([]);
    expect(lab.look(true)).toEqual(["2 I1 vm0/0", "2 I4 vm0"]);
    expect(lab.text()).toBe("mmu_invalidate_in_progress of vm0 is 1, and no operation is in flight.");
  });

  it("is each VM's own", () => {
    const lab = watched();
    lab.vm("vm1").mmuInvalidateInProgress = 1;
    lab.begin();
    expect(lab.look()).toEqual([]);
  });
});

describe("I5, the sequence", () => {
  it("holds where it grows by one with each end", () => {
    const lab = watched();
    for (const notifier of [0, 1, 0]) {
      lab.begin(notifier);
      lab.tell(zapped(3));
      lab.end(notifier);
    }
    expect(lab.vm().mmuInvalidateSeq).toBe(10);
    expect(lab.look(true)).toEqual([]);
  });

  it.each([
    ["stays", 7],
    ["jumps", 9],
    ["falls", 6],
  ])("breaks where it %s at an end", (_, seq) => {
    const lab = watched();
    lab.begin();
    lab.vm().mmuInvalidateInProgress--;
    lab.vm().mmuInvalidateSeq = seq;
    lab.tell(ended(0, seq));
    expect(lab.look()).toEqual(["1 I5 vm0"]);
    expect(lab.text()).toBe(`mmu_invalidate_seq of vm0 is ${seq}; after 1 ends it should be 8.`);
  });

  it("breaks where a bracket took a mapping away and the count fell before the sequence grew", () => {
    const lab = watched();
    lab.begin();
    lab.tell(zapped(1));
    lab.vm().mmuInvalidateInProgress--;
    lab.tell(ended(0, 7));
    lab.vm().mmuInvalidateSeq = 8;
    expect(lab.look()).toEqual(["1 I5 vm0"]);
  });
});

describe("I6, the range", () => {
  it("holds where the tracked range is wider than what was added", () => {
    const lab = watched();
    lab.begin(0, 10n, 20n);
    lab.vm().mmuInvalidateRange = { start: 0n, end: 2n ** 64n - 1n };
    expect(lab.look()).toEqual([]);
  });

  it.each([
    ["begins later", { start: 11n, end: 20n }],
    ["ends earlier", { start: 10n, end: 19n }],
    ["is invalid", null],
  ])("breaks where it %s", (_, range) => {
    const lab = watched();
    lab.begin(0, 10n, 20n);
    lab.vm().mmuInvalidateRange = range;
    expect(lab.look()).toEqual(["1 I6 vm0"]);
  });

  it("says nothing of a bracket that has ended, nor of one whose punch has returned without its end", () => {
    const lab = watched();
    lab.tell(punch);
    lab.begin(0, 10n, 20n);
    lab.end();
    lab.begin(1, 30n, 40n);
    lab.tell(freed(1));
    lab.vm().mmuInvalidateInProgress = 0;
    expect(lab.look()).toEqual(["1 I3 vm0/1"]);
    lab.tell(returned);
    lab.begin(2, 500n, 501n, "Q");
    expect(lab.look()).toHaveLength(1);
  });
});

it("I7 breaks where an end finds the range still invalid, and holds from the next begin on", () => {
  const lab = watched();
  const endWithoutRange = () => {
    lab.vm().mmuInvalidateInProgress--;
    lab.vm().mmuInvalidateSeq++;
    lab.tell(ended(0, lab.vm().mmuInvalidateSeq, null));
  };
  lab.begin();
  lab.end();
  expect(lab.look()).toEqual([]);
  lab.begin();
  endWithoutRange();
  expect(lab.look()).toEqual(["2 I7 vm0"]);
  lab.begin();
  expect(lab.look()).toHaveLength(1);
  endWithoutRange();
  expect(lab.look()).toEqual(["2 I7 vm0", "4 I7 vm0"]);
});

describe("I16 and I17, the bindings", () => {
  /** A file under the xarray, and a store into it without a word. */
  function bindings() {
    const lab = watched("review");
    const { file } = lab;
    if (file.keeps !== "xarray") throw new Error("review keeps an xarray");
    return {
      ...lab,
      file,
      store: (id: number, start: number, end: number) =>
        xaStoreRange(file.bindings, start, end - 1, id < 0 ? 0 : xaMkPointer(id)),
    };
  }

  it("hold where each page leads to the one that is bound there, in however many entries", () => {
    const lab = bindings();
    lab.store(0, 5, 1005);
    lab.store(1, 1005, 1006);
    lab.tell(bound(0, 5, 1005), bound(1, 1005, 1006));
    expect(lab.look()).toEqual([]);
  });

  it("hold where one notifier is bound twice, end to end or apart", () => {
    const lab = bindings();
    for (const [start, end] of [
      [64, 128],
      [0, 64],
      [512, 520],
    ] as const) {
      lab.store(0, start, end);
      lab.tell(bound(0, start, end));
    }
    expect(lab.look()).toEqual([]);
  });

  it("I16 breaks where two are bound to one page, also where a third lies between them", () => {
    const lab = bindings();
    lab.tell(bound(0, 0, 100), bound(1, 10, 20), bound(2, 50, 60));
    lab.store(0, 0, 100);
    expect(lab.look().filter((line) => line.includes("I16"))).toEqual(["1 I16 f0"]);
  });

  it.each([
    ["one page too many", 0, 65],
    ["a page too few", 0, 63],
    ["a hole", -1, 0],
  ])("I17 breaks where a binding has %s", (_, id, end) => {
    const lab = bindings();
    lab.tell(bound(0, 0, 64));
    if (id >= 0) lab.store(id, 0, end);
    expect(lab.look()).toEqual(["1 I17 vm0/0"]);
  });

  it("I17 breaks where pages lead to a neighbour, and names whose they are", () => {
    const lab = bindings();
    lab.tell(bound(0, 0, 64), bound(1, 64, 128));
    lab.store(1, 0, 128);
    expect(lab.look()).toEqual(["1 I17 vm0/0", "1 I17 vm0/1"]);
    expect(lab.text()).toBe("vm0/1 is bound to pages [64,128) of f0; those that lead to it are [0,128).");
  });

  it("an unbind takes its part out of a binding", () => {
    const lab = bindings();
    lab.tell(bound(0, 0, 192), unbound(0, 64, 128));
    for (const [start, end] of [
      [0, 64],
      [128, 192],
    ] as const)
      lab.store(0, start, end);
    expect(lab.look()).toEqual([]);
  });

  it("the freed are bound to nothing", () => {
    const lab = bindings();
    lab.tell(bound(0, 0, 64), bound(1, 0, 64));
    lab.store(1, 0, 64);
    lab.tell(freed(0));
    expect(lab.look()).toEqual([]);
  });
});

describe("scopes", () => {
  it("a VM is not looked at while its mmu_lock is held for writing, and is as soon as it is not", () => {
    const lab = watched();
    lab.vm().mmuLock.holders = [{ task: "P", mode: "write" }];
    lab.end();
    expect(lab.look()).toEqual([]);
    expect(lab.look()).toEqual([]);
    lab.vm().mmuLock.holders = [];
    expect(lab.look()).toEqual(["3 I2 vm0/0", "3 I4 vm0"]);
  });

  it("another VM's lock holds nothing back, nor does a hold for reading", () => {
    const lab = watched();
    lab.vm("vm1").mmuLock.holders = [{ task: "Q", mode: "write" }];
    lab.vm().mmuLock.holders = [{ task: "P", mode: "read" }];
    lab.end();
    expect(lab.look()).toHaveLength(2);
  });

  it("bindings are not looked at while the file's lock is held for writing, and are while it is read", () => {
    const lab = watched("review");
    lab.file.lock.holders = [{ task: "U", mode: "write" }];
    lab.tell(bound(0, 0, 64));
    expect(lab.look()).toEqual([]);
    lab.file.lock.holders = [{ task: "U", mode: "read" }];
    expect(lab.look()).toEqual(["2 I17 vm0/0"]);
  });

  it("I1 and I3 wait for no lock", () => {
    const lab = watched();
    lab.vm().mmuLock.holders = [{ task: "P", mode: "write" }];
    lab.tell(punch, started(1), returned);
    lab.begin();
    lab.tell(freed(0));
    expect(lab.look()).toEqual(["1 I1 vm0/1", "1 I3 vm0/0"]);
  });
});

describe("a breach is told", () => {
  it("once, and again only after it held in between", () => {
    const lab = watched();
    lab.end();
    expect(lab.look()).toEqual(["1 I2 vm0/0", "1 I4 vm0"]);
    lab.end();
    expect(lab.look()).toHaveLength(2);
    lab.begin();
    lab.begin();
    expect(lab.look()).toHaveLength(2);
    lab.end();
    expect(lab.look().slice(2)).toEqual(["4 I2 vm0/0", "4 I4 vm0"]);
  });

  it("for each object of its own", () => {
    const lab = watched();
    lab.tell(punch, started(0), started(1), returned);
    expect(lab.look()).toEqual(["1 I1 vm0/0", "1 I1 vm0/1"]);
  });

  it("at step 0 where the set-up ends with it", () => {
    const { world } = drain(booting(planOf({}), "v10", () => {}));
    const watch = newWatch([bracketRule(new Map([["vm0", 0]]))]);
    for (const event of [punch, started(0), returned]) watch.tell("", event, world);
    watch.look(0, world, true);
    expect(watch.findings).toMatchObject([{ step: 0, invariant: "I1", object: "vm0/0" }]);
  });
});
