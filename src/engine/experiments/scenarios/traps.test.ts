// SPDX-License-Identifier: GPL-2.0-only
// The traps, step by step: what is counted, what is found, and when.
import { describe, expect, it } from "vitest";
import { present } from "../../assert.ts";
import { goTo } from "../../sim/recording.ts";
import type { VariantId } from "../machine/variants.ts";
import { builtIn } from "./catalogue.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { forkPlay, type Play, play, trapOf } from "./play.ts";

const small = (fields: Partial<ScenarioDocument>): ScenarioDocument => ({
  format: FORMAT,
  title: "A trap",
  files: { f0: { pages: 1024 } },
  vms: { vm0: {} },
  tasks: {},
  ...fields,
});

const played = (document: ScenarioDocument, variant: VariantId) => play(scenarioOf(document), variant);

const builtInPlay = (name: string, variant: VariantId): Play => {
  const entry = present(builtIn(name), name);
  if (!("document" in entry)) throw new Error(`${name} is fetched`);
  return played(entry.document(), variant);
};

/** `18 I2 vm0/0` for each finding. */
const found = ({ findings }: Play) =>
  findings.map(({ step, invariant, object }) => `${step} ${invariant} ${object}`);

/** The label of a step's gate and who took it. */
const stepAt = ({ scenario, recording }: Play, step: number) => {
  const { task, at } = present(recording.steps[step - 1], `step ${step}`);
  return `${[...scenario.tasks.keys()][task]}: ${at.at(-1)}`;
};

/** Count, sequence number and range of a VM after `step`, by default at the end. */
const bracketState = ({ recording }: Play, step = recording.steps.length, vm = "vm0") => {
  const kvm = present(goTo(recording, step).world.vms[vm], vm);
  const range = kvm.mmuInvalidateRange;
  return {
    count: kvm.mmuInvalidateInProgress,
    seq: kvm.mmuInvalidateSeq,
    range: range === null ? null : [Number(range.start), Number(range.end)],
  };
};

const punch = (start: number, end: number): OperationDocument => ({ op: "punch", file: "f0", start, end });
const slot = (number: number, pgoff: number, pages: number, vm = "vm0"): OperationDocument => ({
  op: "createSlot",
  vm,
  slot: number,
  pages,
  file: "f0",
  pgoff,
});

describe("t-ah, an offset of 2^63 bytes and more", () => {
  const zappedWith = (offset: bigint) => {
    const { recording } = played(
      small({
        tasks: {
          U: [
            { op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 16, file: "f0", offset: String(offset) },
            { op: "map", vm: "vm0", gfn: 0, pages: 4 },
          ],
          P: [punch(0, 10)],
        },
      }),
      "v10",
    );
    const events = recording.steps.flatMap((step) => step.events);
    return events.flatMap((event): unknown[] =>
      event.type === "spte.zapped"
        ? [[event.start, event.end]]
        : event.type === "operation.returned" && event.op === "map"
          ? [event.errno]
          : [],
    );
  };

  it.each([
    [2n ** 63n, 2n ** 51n + 10n],
    [2n ** 63n + 4096n, 2n ** 51n + 9n],
    [2n ** 64n - 17n * 4096n, 27n],
  ])("%s gives the guest no page, and each hole zaps up to gfn %s, to the page", (offset, end) => {
    expect(zappedWith(offset)).toEqual(["EFBIG", [0n, end]]);
  });
});

describe("a file that is released", () => {
  const f1 = { f0: { pages: 64 }, f1: { pages: 64 } };
  const close: OperationDocument = { op: "close", file: "f0" };
  const invariantsOf = (run: Play) => run.findings.map(({ invariant }) => invariant);

  it("is looked at for pages that a guest still has: its slot was bound to another file by somebody else", () => {
    const run = played(
      small({
        files: f1,
        setup: [slot(0, 0, 16), { op: "map", vm: "vm0", gfn: 0, pages: 4 }],
        tasks: {
          U: [{ op: "bind", file: "f1", start: 0, end: 16, notifier: "vm0/0", exclusive: true }, close],
        },
      }),
      "review",
    );
    expect(invariantsOf(run).sort()).toEqual(["I10", "I8"]);
  });

  it("is looked at for translations in use, where KVM does without flushes (T-l5)", () => {
    const run = played(
      small({
        files: f1,
        vms: { vm0: { vcpus: 1 } },
        omit: ["flush"],
        setup: [slot(0, 0, 16)],
        tasks: {
          V: [{ op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 1 }],
          U: [{ op: "deleteSlot", vm: "vm0", slot: 0 }, close],
        },
        choices: ["V to end", "U to end"],
      }),
      "review",
    );
    expect(invariantsOf(run)).toEqual(["I9"]);
  });
});

describe("an ordinary slot that goes while its memory is unmapped", () => {
  it.each(["N until unmap.entered", "N until lock.released"])("%s, breaks nothing", (choice) => {
    for (const variant of ["v10", "review", "review-seed"] as const) {
      const run = played(
        small({
          setup: [{ op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 512 }],
          tasks: {
            N: [{ op: "mmuNotifier", vm: "vm0", start: 0, end: 16 }],
            U: [{ op: "deleteSlot", vm: "vm0", slot: 0 }],
          },
          choices: [choice, "U to end", "N to end"],
        }),
        variant,
      );
      expect(found(run)).toEqual([]);
      expect(bracketState(run)).toEqual({ count: 0, seq: 1, range: [0, 16] });
      // Whoever has looked the slot up is waited for; an open bracket is not.
      expect(run.recording.putOffs).toHaveLength(choice === "N until unmap.entered" ? 1 : 0);
    }
  });
});

describe("t-b1, a lost end", () => {
  it("leaves the list's count at 1 for ever; the sequence never moves", () => {
    const b1 = builtInPlay("t-b1", "v10");
    expect(bracketState(b1)).toEqual({ count: 1, seq: 7, range: [0, 64] });
    expect(b1.counters).toMatchObject({ startHits: 1, endHits: 0, endCallbacks: 0, pagesFreed: 64 });
  });

  it("is found when the slot is freed, as I3 and I4", () => {
    const b1 = builtInPlay("t-b1", "v10");
    const [first, second, ...more] = b1.findings;
    expect(more).toEqual([]);
    expect(stepAt(b1, first?.step ?? 0)).toBe("U: kvm: free the slot");
    expect(second?.step).toBe(first?.step);
    expect([first?.invariant, second?.invariant]).toEqual(["I3", "I4"]);
    expect(b1.findings.map(({ text }) => text)).toEqual([
      "vm0/0 was freed with 1 of its starts still open.",
      "mmu_invalidate_in_progress of vm0 is 1; its living notifiers account for 0.",
    ]);
  });

  it("names its trap, and a finding that nobody declared names none", () => {
    const b1 = builtInPlay("t-b1", "v10");
    expect([trapOf(b1, "I3"), trapOf(b1, "I4"), trapOf(b1, "I6")]).toEqual(["T-b1", "T-b1", null]);
  });

  it("makes the deletion wait under the xarray, and nothing is found", () => {
    const b1 = builtInPlay("t-b1", "review");
    expect(found(b1)).toEqual([]);
    expect(bracketState(b1)).toEqual({ count: 0, seq: 8, range: [0, 64] });
    expect(b1.recording.putOffs).toMatchObject([{ task: "U", choice: "U to end" }]);
  });

  it("only ever widens the blocked region: the next punch does not reset the range", () => {
    const again = played(
      small({
        vms: { vm0: { seq: 7 } },
        setup: [slot(0, 0, 512)],
        tasks: {
          P: [punch(0, 64), punch(256, 320)],
          U: [
            { op: "deleteSlot", vm: "vm0", slot: 0 },
            slot(0, 0, 512),
            { op: "map", vm: "vm0", gfn: 63, pages: 1 },
          ],
          V: [{ op: "map", vm: "vm0", gfn: 64, pages: 1 }],
        },
        // U's last slot comes after P's first punch has ended.
        choices: [
          "P until lock.released mmu_lock",
          "U until operation.returned",
          "P until operation.returned",
          "U to end",
        ],
      }),
      "v10",
    );
    expect(bracketState(again)).toEqual({ count: 1, seq: 8, range: [0, 320] });
    const refused = again.recording.steps.flatMap(({ events }) =>
      events.filter((event) => event.type === "guest.refused"),
    );
    // gfn 63 is refused at once; gfn 64 is touched last, and by then [0, 320) is blocked.
    expect(refused).toMatchObject([
      { start: 63, count: 1, range: [0n, 64n] },
      { start: 64, count: 1, range: [0n, 320n] },
    ]);
  });
});

describe("t-b2, a lost start", () => {
  it("takes the list's count to -1 with one end, and leaves the range that was there before", () => {
    const b2 = builtInPlay("t-b2", "v10");
    expect(bracketState(b2)).toEqual({ count: -1, seq: 8, range: [0, 64] });
    expect(b2.counters).toMatchObject({ startCallbacks: 0, endCallbacks: 1, endHits: 1, pagesFreed: 64 });
  });

  it("is found as I2 and I4 when mmu_lock is given back, as I1 when the punch returns", () => {
    const b2 = builtInPlay("t-b2", "v10");
    expect(found(b2)).toEqual(["18 I2 vm0/0", "18 I4 vm0", "19 I1 vm0/0"]);
    expect(stepAt(b2, 17)).toBe("P: kvm: take mmu_lock to close the bracket");
    expect(stepAt(b2, 18)).toBe("P: kvm: give mmu_lock back, the bracket is closed");
    expect(stepAt(b2, 19)).toBe("P: end walk: give the list's mutex back");
    expect(bracketState(b2, 17).count).toBe(-1);
    expect(bracketState(b2, 16)).toEqual({ count: 0, seq: 7, range: [0, 64] });
  });

  it("blocks the gfns of the old range, and no others", () => {
    const touched = (gfn: number) =>
      played(
        small({
          vms: { vm0: { seq: 7, range: [0, 64] } },
          tasks: { P: [punch(0, 64), { op: "map", vm: "vm0", gfn, pages: 1 }], U: [slot(0, 0, 512)] },
          choices: ["P until lock.taken rm->lock", "U to end", "P to end"],
        }),
        "v10",
      ).recording.steps.at(-1)?.events[0]?.type;
    expect([0, 63, 64].map(touched)).toEqual(["guest.refused", "guest.refused", "guest.mapped"]);
  });

  it("makes the creation wait under the xarray, and nothing is found", () => {
    const b2 = builtInPlay("t-b2", "review");
    expect(found(b2)).toEqual([]);
    expect(bracketState(b2)).toEqual({ count: 0, seq: 7, range: [0, 64] });
  });
});

/** T-b2, then a punch that is overtaken by another one. */
const twoAfterB2 = small({
  vms: { vm0: { seq: 7, range: [0, 64] } },
  setup: [{ op: "allocate", file: "f0", start: 0, end: 64 }],
  tasks: {
    P: [punch(0, 64), punch(128, 192)],
    U: [slot(0, 0, 512)],
    Q: [punch(256, 320)],
  },
  choices: [
    "P until lock.taken rm->lock",
    "U to end",
    "P until operation.returned",
    "P until lock.released mmu_lock",
    "P until lock.released rm->lock",
    "Q to end",
  ],
});

describe("after a lost start", () => {
  it("the next bracket leaves the count at 0 and the old range in place: nothing holds a fault off", () => {
    const after = played(twoAfterB2, "v10");
    expect(stepAt(after, 25)).toBe("P: kvm: give mmu_lock back, the bracket stays open");
    expect(bracketState(after, 25)).toEqual({ count: 0, seq: 8, range: [0, 192] });
  });

  it("a second punch forgets the range of the first, which is still freeing (I6)", () => {
    const after = played(twoAfterB2, "v10");
    expect(stepAt(after, 32)).toBe("Q: kvm: give mmu_lock back, the bracket stays open");
    expect(bracketState(after, 32)).toEqual({ count: 1, seq: 8, range: [256, 320] });
    expect(found(after)).toEqual([
      ...["18 I2 vm0/0", "18 I4 vm0", "19 I1 vm0/0", "32 I6 vm0"],
      // They held in between: one start too many made up for the one that was lost.
      ...["48 I2 vm0/0", "48 I4 vm0"],
    ]);
    expect(after.findings[3]?.text).toBe(
      "A bracket of vm0 on gfns [128,192) is open, but the tracked range is [256,320).",
    );
  });

  it("the xarray knows neither", () => {
    expect(found(played(twoAfterB2, "review"))).toEqual([]);
  });
});

/** The slot is deleted and created again between the two walks. */
const b3 = small({
  vms: { vm0: { seq: 7 } },
  setup: [slot(0, 0, 512)],
  tasks: { P: [punch(0, 64)], U: [{ op: "deleteSlot", vm: "vm0", slot: 0 }, slot(0, 0, 512)] },
  choices: ["P until lock.released rm->lock", "U to end", "P to end"],
});

describe("T-b3, a lost end and a lost start in one punch", () => {
  it("brings the list's count back to 0 by luck, and the sequence forward by one", () => {
    expect(bracketState(played(b3, "v10"))).toEqual({ count: 0, seq: 8, range: [0, 64] });
  });

  it("is found for the old notifier as I3, for the new one as I2 and I1, though the sum is right", () => {
    const both = played(b3, "v10");
    expect(found(both)).toEqual(["18 I3 vm0/0", "18 I4 vm0", "33 I2 vm0/0", "34 I1 vm0/0"]);
    expect(stepAt(both, 18)).toBe("U: kvm: free the slot");
    const notifiers = both.recording.steps.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.type === "notifier.start" || event.type === "notifier.end"
          ? [`${event.type} ${event.notifier}`]
          : [],
      ),
    );
    expect(notifiers).toEqual(["notifier.start 0", "notifier.end 1"]);
  });

  it("leaves nothing behind that a later punch would trip over", () => {
    const { P = [], ...others } = b3.tasks;
    const later = played({ ...b3, tasks: { P: [...P, punch(256, 320)], ...others } }, "v10");
    expect(found(later).filter((line) => line.includes("I6"))).toEqual([]);
  });

  it("cannot come about under the xarray", () => {
    const both = played(b3, "review");
    expect(found(both)).toEqual([]);
    expect(bracketState(both)).toEqual({ count: 0, seq: 8, range: [0, 64] });
  });
});

describe("T-g, an unbind that nobody checks", () => {
  const ordinary = (number: number, gfn: number): OperationDocument => ({
    op: "createSlot",
    vm: "vm0",
    slot: number,
    gfn,
    pages: 512,
  });
  const bind = (start: number, notifier: string): OperationDocument => ({
    op: "bind",
    file: "f0",
    start,
    end: start + 512,
    notifier,
    exclusive: true,
  });
  const neighbours = small({
    setup: [ordinary(0, 0), ordinary(1, 512), bind(0, "vm0/0"), bind(512, "vm0/1")],
    tasks: { U: [{ op: "unbind", file: "f0", start: 0, end: 1024, notifier: "vm0/0" }, punch(600, 601)] },
  });

  it("g1: takes the neighbour's binding along, which I17 tells of; a punch then calls nobody", () => {
    const g1 = played(neighbours, "review");
    expect(g1.findings).toMatchObject([{ invariant: "I17", object: "vm0/1" }]);
    expect(stepAt(g1, g1.findings[0]?.step ?? 0)).toBe("U: unbind: give the bindings' lock back");
    expect(g1.findings[0]?.text).toBe(
      "vm0/1 is bound to pages [512,1024) of f0; those that lead to it are none.",
    );
    expect(g1.counters).toMatchObject({ punches: 1, startCallbacks: 0, endCallbacks: 0 });
  });

  it("g1: whoever binds there next shares the pages with one who believes that they are its own (I16)", () => {
    const { U = [] } = neighbours.tasks;
    const next = played(
      {
        ...neighbours,
        setup: [...(neighbours.setup ?? []), ordinary(2, 4096)],
        tasks: { U: [...U, bind(512, "vm0/2")] },
      },
      "review",
    );
    expect(next.findings.map(({ invariant, object }) => `${invariant} ${object}`)).toEqual([
      "I17 vm0/1",
      "I16 f0",
    ]);
    expect(next.findings[1]?.text).toBe("Page 512 of f0 belongs to vm0/1 and to vm0/2.");
  });

  it("g2: erasing a part of an entry erases all of it", () => {
    const g2 = played(
      { ...neighbours, tasks: { U: [{ op: "unbind", file: "f0", start: 0, end: 64, notifier: "vm0/0" }] } },
      "review",
    );
    expect(g2.findings.map(({ text }) => text)).toEqual([
      "vm0/0 is bound to pages [64,512) of f0; those that lead to it are none.",
    ]);
  });

  it("c4: an unbind that reaches one page too far erases the neighbour", () => {
    const c4 = played(
      { ...neighbours, tasks: { U: [{ op: "unbind", file: "f0", start: 0, end: 513, notifier: "vm0/0" }] } },
      "review",
    );
    expect(c4.findings.map(({ text }) => text)).toEqual([
      "vm0/1 is bound to pages [512,1024) of f0; those that lead to it are none.",
    ]);
  });

  it("an unbind of exactly what was bound breaks nothing", () => {
    const fair = played(
      { ...neighbours, tasks: { U: [{ op: "unbind", file: "f0", start: 0, end: 512, notifier: "vm0/0" }] } },
      "review",
    );
    expect(found(fair)).toEqual([]);
  });

  it("the list has neither call: it says so, and changes nothing", () => {
    const list = played(neighbours, "v10");
    expect(found(list)).toEqual([]);
    expect(list.recording.steps[0]?.events.map(({ type }) => type)).toEqual([
      "unbind.entered",
      "operation.absent",
      "operation.returned",
    ]);
  });
});

describe("T-r, a bind without memory", () => {
  it.each([
    ["review", [1], 0],
    ["review", [2], 1],
    ["review", [3], 2],
    ["review", [4], 3],
    ["v10", [1, 2, 3], 0],
  ] as const)("under %s with allocations %j failing is 0, and leaves %i nodes", (variant, fails, nodes) => {
    const bound = played(small({ failAllocations: [...fails], tasks: { U: [slot(0, 5, 1000)] } }), variant);
    const { events } = present(bound.recording.steps.at(-1), "the last step");
    expect(events.at(-1)).toEqual({ type: "operation.returned", op: "createSlot", errno: null });
    const { f0 } = goTo(bound.recording, bound.recording.steps.length).world.files;
    if (f0?.keeps === "xarray") expect(f0.bindings.nodesUsed).toBe(nodes);
    expect(found(bound)).toEqual(variant === "v10" || nodes === 3 ? [] : ["5 I17 vm0/0"]);
  });

  it("counts each node of a binding as an allocation, before the guest's pages", () => {
    const full = small({
      failAllocations: [4],
      vms: { vm0: { vcpus: 1 } },
      setup: [slot(0, 5, 1000)],
      tasks: { V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 5 }] },
    });
    const refused = (variant: VariantId) =>
      played(full, variant).recording.steps.flatMap(({ events }) =>
        events.flatMap((event) => (event.type === "page.refused" ? [event.errno] : [])),
      );
    expect([refused("review"), refused("v10")]).toEqual([["ENOMEM"], []]);
  });

  it("sends the guest back for ever with -EINVAL, and no punch reaches it", () => {
    const r = builtInPlay("t-r", "review");
    const events = r.recording.steps.flatMap((step) => step.events);
    expect(events.filter(({ type }) => type === "notifier.bound")).toMatchObject([{ failed: "ENOMEM" }]);
    expect(events.filter(({ type }) => type === "page.refused")).toMatchObject([{ errno: "EINVAL" }]);
    expect(r.recording.stuck).toEqual(["V"]);
  });
});

describe("an ordinary notifier's end that finds the count below zero, with the policy hostBug", () => {
  const stopped = small({
    vms: { vm0: { seq: 7, range: [0, 64], underflow: "hostBug", vcpus: 1 } },
    setup: [
      { op: "createSlot", vm: "vm0", slot: 1, gfn: 1000, pages: 16 },
      { op: "allocate", file: "f0", start: 0, end: 64 },
    ],
    tasks: {
      P: [punch(0, 64), punch(0, 64)],
      U: [slot(0, 0, 512), { op: "mmuNotifier", vm: "vm0", start: 1000, end: 1004 }],
      V: [{ op: "guestRead", vm: "vm0", vcpu: 0, gfn: 100 }],
    },
    choices: [
      ...["P until lock.taken rm->lock", "U until operation.returned", "P until operation.returned"],
      ...["P until lock.taken rm->lock", "U to end", "P to end", "V to end"],
    ],
  });

  it("stops the host: that step is the last, whoever was under way", () => {
    const v10 = played(stopped, "v10");
    expect(v10.recording.steps.at(-1)?.events.map(({ type }) => type)).toEqual([
      "lock.released",
      "host.stopped",
    ]);
    expect(v10.recording.stuck).toEqual([]);
    // The second punch never comes to its end, and nobody is to blame for that but BUG().
    expect(v10.findings.map(({ invariant }) => invariant)).not.toContain("I32");
  });

  it("is what it is when gone to, and a fork from there takes no step more", () => {
    const v10 = played(stopped, "v10");
    const end = v10.recording.steps.length;
    const { world } = goTo(v10.recording, end);
    expect(world.vms.vm0).toMatchObject({ stoppedHost: true, mmuLock: { holders: [] } });
    const forked = forkPlay(v10, end, [{ for: "end", task: "V", text: "V to end" }]);
    expect(forked.recording.steps).toHaveLength(end);
  });

  it("finds a sound count under the review", () => {
    const review = played(stopped, "review");
    expect(review.recording.steps.flatMap(({ events }) => events.map(({ type }) => type))).not.toContain(
      "host.stopped",
    );
    expect(review.findings).toEqual([]);
  });
});

describe("a set-up", () => {
  it("that ends with a binding too long is found at step 0, and only there", () => {
    const seed = played(small({ setup: [slot(0, 0, 512)], tasks: { P: [punch(0, 1)] } }), "review-seed");
    expect(found(seed)).toEqual(["0 I17 vm0/0"]);
  });

  it("keeps the refused binds and no other count", () => {
    const seed = played(small({ setup: [slot(0, 0, 512), slot(1, 512, 512), punch(0, 512)] }), "review-seed");
    expect(seed.counters).toMatchObject({ bindsRefused: 1, punches: 0, startCallbacks: 0, rmLockTakes: 0 });
    expect(seed.refusals).toMatchObject([{ index: 1, operation: { op: "createSlot" }, errno: "EINVAL" }]);
  });
});

describe("a bind under way", () => {
  it("does not move the slot while a punch is between its two calls, and a refused one never does", () => {
    const moved = small({
      setup: [slot(0, 0, 64)],
      tasks: {
        P: [punch(0, 64)],
        U: [{ op: "bind", file: "f0", start: 512, end: 576, notifier: "vm0/0", exclusive: false }],
      },
      choices: ["P until bracket.begun", "U to end", "P to end"],
    });
    for (const exclusive of [false, true]) {
      const [bind] = moved.tasks.U ?? [];
      const tasks = { ...moved.tasks, U: [{ ...bind, exclusive } as OperationDocument] };
      const { findings, counters, recording } = played({ ...moved, tasks }, "review");
      expect(findings).toEqual([]);
      expect(counters).toMatchObject({ startHits: 1, endHits: 1 });
      expect(goTo(recording, recording.steps.length).world.memslots[0]?.pgoff).toBe(exclusive ? 512 : 0);
    }
  });
});
