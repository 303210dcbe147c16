// SPDX-License-Identifier: GPL-2.0-only
// What the invariants say of whole runs in which they are easily wrong: what is found, and what is not.

import { expect, it } from "vitest";
import { goTo } from "../../sim/recording.ts";
import type { VariantId } from "../machine/variants.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { play } from "./play.ts";
import { scenarioOf } from "./scenarioOf.ts";

const machine = (fields: Partial<ScenarioDocument>): ScenarioDocument => ({
  format: FORMAT,
  title: "Found, or not",
  files: { f0: { pages: 16 }, f1: { pages: 16 } },
  vms: { vm0: { vcpus: 1 }, vm1: {} },
  tasks: {},
  ...fields,
});

const found = (fields: Partial<ScenarioDocument>, variant: VariantId) =>
  play(scenarioOf(machine(fields)), variant).findings.map(
    ({ step, invariant, object }) => `${step} ${invariant} ${object}`,
  );

const invariants = (fields: Partial<ScenarioDocument>, variant: VariantId) =>
  found(fields, variant).map((finding) => finding.split(" ")[1]);

const slot = (number: number, gfn: number, pages: number, file = "f0", pgoff = 0): OperationDocument => ({
  ...{ op: "createSlot", vm: "vm0", slot: number, gfn, pages, file, pgoff },
});
const punch = (file: string, start: number, end: number): OperationDocument => ({
  ...{ op: "punch", file, start, end },
});
const read = (gfn: number): OperationDocument => ({ op: "guestRead", vm: "vm0", vcpu: 0, gfn });

it.each(["v10", "review"] as const)(
  "a large leaf with a hole that is cached by a read beside the hole is stale at once (I9), under %s",
  (variant) => {
    const large: Partial<ScenarioDocument> = {
      files: { f0: { pages: 512, order: 9 } },
      setup: [slot(0, 0, 512), { op: "allocate", file: "f0", start: 0, end: 512 }],
      tasks: { P: [punch("f0", 5, 6)], V: [read(100)] },
      choices: [
        ...["P until bracket.begun", "P until lock.released mmu_lock", "V until page.put"],
        ...["P to end", "V to end"],
      ],
    };
    expect(invariants(large, variant)).toEqual(["I10", "I8", "I9"]);
  },
);

it.each(["v10", "review"] as const)(
  "a fault whose slot is replaced twice while a bracket is open is not sent back too often (I30), under %s",
  (variant) => {
    const again: OperationDocument[] = [{ op: "deleteSlot", vm: "vm0", slot: 0 }, slot(0, 16, 16)];
    const replaced: Partial<ScenarioDocument> = {
      setup: [slot(0, 16, 16), slot(1, 0, 4, "f1"), slot(2, 100, 4, "f1", 8)],
      tasks: { M: [punch("f1", 0, 12)], U: [...again, ...again], V: [read(20)] },
      choices: [
        ...[
          "M until shmem.punched",
          "M until bracket.ended",
          "M until lock.released",
          "V until fault.retried",
        ],
        ...["U until operation.returned", "U until operation.returned", "V until fault.retried", "U to end"],
        ...["V until fault.begun", "M to end", "V to end"],
      ],
    };
    expect(found(replaced, variant)).toEqual([]);
  },
);

it("a page that comes anew after a punch is no page of its hole, whatever file the punch's task released (I10)", () => {
  const late: Partial<ScenarioDocument> = {
    setup: [slot(1, 100, 4, "f1"), { op: "allocate", file: "f0", start: 0, end: 8 }],
    tasks: {
      U: [
        { op: "close", file: "f1" },
        { op: "deleteSlot", vm: "vm0", slot: 1 },
      ],
      P: [punch("f0", 0, 4)],
      Q: [punch("f0", 0, 4)],
      C: [slot(0, 0, 16)],
      A: [{ op: "allocate", file: "f0", start: 0, end: 4 }],
      V: [read(0)],
    },
    choices: [
      ...["P until shmem.punched", "U until slot.freed", "P to end", "U to end", "A to end"],
      ...["Q until lock.taken rm->lock", "Q until lock.released rm->lock", "C to end", "V until page.got"],
      ...["Q until shmem.punched", "Q until lock.released", "V to end", "Q to end"],
    ],
  };
  const all = invariants(late, "v10");
  expect(all).toContain("I8");
  expect(all).not.toContain("I10");
});

it("pages that a bind without memory left unbound may be bound once more (T-r): they are shared by nobody (I16)", () => {
  const free: Partial<ScenarioDocument> = {
    failAllocations: [1],
    setup: [slot(0, 0, 16), { ...slot(0, 0, 16), vm: "vm1" } as OperationDocument],
    tasks: { P: [punch("f0", 0, 1)] },
  };
  expect(found(free, "review")).toEqual(["0 I17 vm0/0"]);
});

it("a slot is held against the size that its file has when it becomes visible, in the set-up too (I18)", () => {
  const grown: OperationDocument[] = [slot(0, 0, 16), { op: "allocate", file: "f0", start: 0, end: 16 }];
  const files = { f0: { pages: 0 } };
  const stat: OperationDocument = { op: "fstat", file: "f0" };
  for (const variant of ["v10", "review"] as const) {
    expect(found({ files, setup: grown, tasks: { P: [stat] } }, variant)).toEqual(["0 I18 vm0/0"]);
    expect(invariants({ files, tasks: { P: grown } }, variant)).toEqual(["I18"]);
    expect(found({ files, setup: [...grown].reverse(), tasks: { P: [stat] } }, variant)).toEqual([]);
  }
});

it.each<[string, Partial<ScenarioDocument>]>([
  ["a bind without memory", { failAllocations: [1], setup: [slot(0, 0, 16)] }],
  [
    "an unbind of its first page, which takes all of its entry",
    {
      setup: [
        slot(0, 0, 16),
        { op: "unbind", file: "f0", start: 0, end: 1, notifier: "vm0/0" },
        { op: "bind", file: "f0", start: 4, end: 16, notifier: "vm0/0", exclusive: true },
        { op: "bind", file: "f1", start: 0, end: 4, notifier: "vm0/0", exclusive: true },
        { op: "unbind", file: "f1", start: 2, end: 4, notifier: "vm0/0" },
      ],
    },
  ],
])("pages that are not bound are not mapped by a touch (I8), after %s", (_, unbound) => {
  const touched: Partial<ScenarioDocument> = {
    ...unbound,
    tasks: { P: [{ op: "map", vm: "vm0", gfn: 0, pages: 4 }, punch("f0", 0, 4), punch("f1", 0, 4)] },
  };
  for (const variant of ["review", "review-seed"] as const) {
    const { recording, findings } = play(scenarioOf(machine(touched)), variant);
    expect(recording.steps[0]?.events).toEqual([{ type: "operation.returned", op: "map", errno: "EINVAL" }]);
    expect(findings.map(({ invariant }) => invariant)).not.toContain("I8");
    expect(findings.map(({ invariant }) => invariant)).not.toContain("I10");
  }
});

it("a fault under way keeps the file that its slot had: its page is lost to nobody (I12)", () => {
  const moved: Partial<ScenarioDocument> = {
    setup: [slot(0, 0, 16)],
    tasks: {
      V: [{ op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 0 }],
      U: [
        { op: "bind", file: "f1", start: 0, end: 16, notifier: "vm0/0", exclusive: true },
        { op: "close", file: "f0" },
      ],
    },
    choices: ["V until fault.begun", "U to end", "V to end"],
  };
  const { recording, findings } = play(scenarioOf(machine(moved)), "review");
  const told = recording.steps.flatMap(({ task, events }) => events.map((event) => ({ task, ...event })));
  // V, the first task, is the last to leave f0.
  expect(told.filter(({ type }) => type === "file.released")).toMatchObject([{ task: 0, pages: 1 }]);
  expect(findings.map(({ invariant }) => invariant)).not.toContain("I12");
  const { world } = goTo(recording, recording.steps.length);
  expect([Object.keys(world.files), world.memory.framesUsed]).toEqual([["f1"], 0]);
});

it("a vCPU that its dying VM throws out of the guest leaves it once", () => {
  const dying: Partial<ScenarioDocument> = {
    vms: { vm0: { vcpus: 1, underflow: "vmBug" } },
    tasks: {
      P: [punch("f0", 0, 8)],
      U: [slot(0, 0, 16)],
      V: [read(4), read(5), read(6)],
    },
    choices: [
      "P until lock.released rm->lock",
      "U to end",
      "V until guest.read",
      "V",
      "P to end",
      "V to end",
    ],
  };
  const { recording } = play(scenarioOf(machine(dying)), "v10");
  const events = recording.steps.flatMap((step) => step.events);
  expect(events.filter((event) => event.type === "vcpu.exited" && event.reason === "dead")).toHaveLength(1);
  const answers = events.filter((event) => event.type === "operation.returned" && event.op === "guestRead");
  expect(answers).toMatchObject([{ errno: null }, { errno: "EIO" }, { errno: "EIO" }]);
});
