// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { BUILT_INS, type LabEvent } from "../../engine/index.ts";
import { framesOf, scenarioFrom, scenarioNamed } from "./framesOf.ts";
import { bracketsAt } from "./vmBrackets.ts";
import { instrumentsOf } from "./vmInstrument.ts";

const END = 100_000;
/** vm0 in the list's design, after so many steps, or after the first that tells such an event. */
const list = (name: string, moment: number | ((event: LabEvent) => boolean)) =>
  instrumentsOf(framesOf(scenarioNamed(name), 0, moment)[0]).shown[0]!;

describe("a count that is right", () => {
  it("t-o: closed, open with a range that ends near 2^64, closed again with the range kept", () => {
    expect(list("t-o", 0)).toMatchObject({
      count: "0",
      word: "closed",
      seq: "0",
      range: "no range",
      isWrong: false,
    });
    expect(list("t-o", ({ type }) => type === "bracket.begun")).toMatchObject({
      ...{ count: "1", word: "open", seq: "0", range: "holds [0x0,2⁶⁴−0x5a)", holds: true, why: null },
      brackets: { open: 1, lost: 0, lone: 0 },
    });
    expect(list("t-o", END)).toMatchObject({
      word: "closed",
      seq: "1",
      range: "kept [0x0,2⁶⁴−0x5a)",
      holds: false,
    });
  });

  it("t-l4: two brackets, and one range over both", () => {
    const begun = (nth: number) => (event: LabEvent) => event.type === "bracket.begun" && --nth < 1;
    expect(list("t-l4", begun(2))).toMatchObject({
      count: "2",
      range: "holds [0x0,0xf4248)",
      isWrong: false,
    });
  });
});

describe("a count that is wrong", () => {
  it("t-b1: stuck from when the memslot is freed, and not while it could still be closed", () => {
    expect(list("t-b1", ({ type }) => type === "bracket.begun")).toMatchObject({
      word: "open",
      isWrong: false,
    });
    expect(list("t-b1", END)).toMatchObject({
      ...{ count: "1", word: "stuck", isWrong: true, brackets: { open: 0, lost: 1, lone: 0 } },
      why: "A start has lost its end: its memslot is gone.",
    });
  });

  it("t-b2: below zero, and what this kernel does about it", () => {
    const own = list("t-b2", END);
    expect(own).toMatchObject({ count: "−1", word: "below zero", isWrong: true, brackets: { lone: 1 } });
    expect(own.says).toBe(
      "vm0: mmu_invalidate_in_progress −1, below zero; mmu_invalidate_seq 8; tracked range: holds [0x0,0x40). An end came without its start. Policy silent: the VM runs on.",
    );
  });

  it("t-b2-5: a count of 0 while a bracket is open looks like rest, and says that it is none", () => {
    expect(list("t-b2-5", 30)).toMatchObject({
      ...{ count: "0", word: "but open", isWrong: true, holds: false, brackets: { open: 1, lone: 1 } },
      why: "A bracket is open, and the lone end has used it up: no fault is held off.",
    });
  });

  it("t-b3: a sum that is right by luck", () => {
    expect(list("t-b3", END)).toMatchObject({ count: "0", word: "by luck", brackets: { lost: 1, lone: 1 } });
  });

  it.each([
    ["vmBug", "VM dead", "KVM_BUG_ON()"],
    ["hostBug", "below zero", "Policy hostBug"],
  ])("t-b2 with the policy %s: %s", (underflow, word, why) => {
    const document = structuredClone(T_B2);
    document.vms.vm0.underflow = underflow;
    const [own] = framesOf(scenarioFrom(document), 0, END);
    const { shown } = instrumentsOf(own);
    expect(shown[0]).toMatchObject({ word, isWrong: true });
    expect(shown[0]!.why).toContain(why);
  });

  it("the host stops where an ordinary end finds the count below zero", () => {
    const document = structuredClone(T_B2);
    document.vms.vm0.underflow = "hostBug";
    document.setup.push({ op: "createSlot", vm: "vm0", slot: 1, gfn: 4096, pages: 8 } as never);
    document.tasks.U.push({ op: "mmuNotifier", vm: "vm0", start: 4096, end: 4097 } as never);
    document.choices = [...document.choices, "U to end"];
    const [own] = framesOf(scenarioFrom(document), 0, END);
    expect(instrumentsOf(own).shown[0]).toMatchObject({ word: "host BUG", isWrong: true });
  });
});

/** One punch, and a slot that comes between its walks. */
const T_B2 = {
  format: "restricted-memory-lab/1",
  title: "underflow",
  about: "an end without a start",
  files: { f0: { pages: 512 } },
  vms: { vm0: { seq: 7, range: [0, 64], underflow: "silent" } },
  setup: [{ op: "allocate", file: "f0", start: 0, end: 64 }],
  tasks: {
    P: [{ op: "punch", file: "f0", start: 0, end: 64 }],
    U: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 512, file: "f0", pgoff: 0 }],
  },
  choices: ["P until lock.taken rm->lock", "U until operation.returned", "P to end", "U to end"],
  show: ["v10", "review"],
};

it("of many VMs those whose count is away from 0, or will be wrong, are shown", () => {
  const document = structuredClone(T_B2) as { vms: Record<string, object> };
  document.vms = { a: {}, b: {}, c: {}, ...document.vms };
  const { shown, more } = instrumentsOf(framesOf(scenarioFrom(document), 0, 0)[0]);
  expect([shown.map(({ vm }) => vm), more]).toEqual([["a", "b", "vm0"], 1]);
});

it.each(BUILT_INS.map(({ name }) => name).filter((name) => !/^q35|^t-a-(\d{3}|all)/.test(name)))(
  "%s: after every step the brackets add up to the count",
  (name) => {
    for (let step = 0; step < 60; step++)
      for (const frame of framesOf(scenarioNamed(name), 0, step))
        for (const { name: vm, mmuInvalidateInProgress: count } of Object.values(frame.world.vms)) {
          const { open, lost, lone } = bracketsAt(frame.play, vm, frame.step);
          expect(open + lost - lone, `${frame.play.variant} step ${frame.step} ${vm}`).toBe(count);
        }
  },
);
