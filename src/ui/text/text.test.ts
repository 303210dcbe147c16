// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import {
  BUILT_INS,
  builtIn,
  type Operation,
  operationSteps,
  type Play,
  parseDocument,
  play,
  type VariantId,
} from "../../engine/index.ts";
import { caption, why } from "./caption.ts";
import { findingText, putOffText, stuckText } from "./finding.ts";
import { errnoText } from "./names.ts";
import { countText, indicesText, listText, numberText, rangeText } from "./number.ts";
import { describeOperation } from "./operation.ts";
import { sentence } from "./sentence.ts";
import { CONFIDENCE, trapById } from "./traps.ts";

const played = (name: string, variant: VariantId): Play => {
  const entry = builtIn(name);
  if (entry === null || !("document" in entry)) throw new Error(`${name} is not in code`);
  return playedDocument(entry.document(), variant);
};

const playedDocument = (document: unknown, variant: VariantId): Play => {
  const parsed = parseDocument(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return play(parsed.scenario, variant);
};

const machine = (fields: object) => ({
  format: "restricted-memory-lab/1",
  title: "A test",
  files: { f0: { pages: 64 } },
  vms: { vm0: {} },
  show: ["v10", "review"],
  ...fields,
});

/** What the panel of `shown` says after `step` steps of the run. */
function captionAt(shown: Play, step: number, waiting = false): string {
  const operations = operationSteps(shown);
  const operation = Math.max(
    0,
    operations.findIndex(({ first, last }) => step >= first && step <= last),
  );
  return caption({ play: shown, operations, operation, step, waiting });
}

const sentences = (shown: Play) =>
  shown.recording.steps.flatMap((step) => step.events.map((event) => sentence(event, step, shown)));

describe("numbers", () => {
  it("separate the thousands of a count, and of no page index", () => {
    expect(numberText(65_536)).toBe("65,536");
    expect(numberText(-1)).toBe("-1");
    expect(countText(4_096, "call")).toBe("4,096 calls");
    expect(countText(1, "entry", "entries")).toBe("1 entry");
    expect(countText(0, "entry", "entries")).toBe("no entries");
    expect(rangeText(256, 262_144)).toBe("[256,262144)");
    expect(rangeText(0n, 2n ** 64n - 90n)).toBe("[0,18446744073709551526)");
    // An index below zero is one close to 2^64 (T-ah).
    expect(rangeText(-17, -1)).toBe("[18446744073709551599,18446744073709551615)");
    expect(indicesText(512, 512)).toBe("index 512");
    expect(indicesText(18, 21)).toBe("indices 18 to 21");
  });

  it("join names as a sentence does", () => {
    expect([[], ["P"], ["P", "U"], ["P1", "P2", "U"]].map(listText)).toEqual([
      "",
      "P",
      "P and U",
      "P1, P2 and U",
    ]);
  });

  it("an errno is negative, as it is returned", () => {
    expect(errnoText("EINVAL")).toBe("-EINVAL");
  });
});

describe("an operation", () => {
  const { scenario } = played("t-h", "v10");
  const shown = { ...played("t-h", "v10"), scenario };
  const described = (operation: Operation) => describeOperation(operation, shown);

  it("is a clause with its task, and with the VM where there are several", () => {
    expect(described([...scenario.tasks.values()][1]![0]!)).toBe("P2 punches pages [4096,4608) of f0");
    expect(described(scenario.setup[1]!)).toBe(
      "The set-up creates slot 1 of vm1: gfns [4096,4608) on pages [4096,4608) of f0",
    );
  });

  it("shows mode and bytes where it is no plain punch", () => {
    const document = machine({
      tasks: { P: [{ op: "punch", file: "f0", offset: 1, len: 4096, mode: "PUNCH_HOLE" }] },
    });
    const odd = playedDocument(document, "v10");
    expect(describeOperation([...odd.scenario.tasks.values()][0]![0]!, odd)).toBe(
      "P calls fallocate(PUNCH_HOLE) on f0, offset 1, length 4,096 bytes",
    );
  });
});

describe("a refusal says why", () => {
  const last = (operation: object, variant: VariantId = "review", setup: object[] = []) =>
    sentences(playedDocument(machine({ setup, tasks: { U: [operation] } }), variant)).at(-1);
  const slot = { op: "createSlot", vm: "vm0", slot: 0, pages: 8, file: "f0", pgoff: 0 };

  it.each([
    [
      "an unaligned punch",
      { op: "punch", file: "f0", offset: 1, len: 4096 },
      "must be multiples of 4,096 bytes",
    ],
    ["an empty punch", { op: "punch", file: "f0", offset: 0, len: 0 }, "the length is not positive"],
    [
      "a punch that changes the size",
      { op: "punch", file: "f0", start: 0, end: 1, mode: "PUNCH_HOLE" },
      "no such mode",
    ],
    ["a slot that is not there", { op: "deleteSlot", vm: "vm0", slot: 3 }, "there is no slot 3"],
    [
      "a touch outside all slots",
      { op: "map", vm: "vm0", gfn: 9, pages: 1 },
      "no private slot holds all of these gfns",
    ],
  ])("%s", (_what, operation, reason) => {
    expect(last(operation)).toContain(reason);
  });

  it.each<[string, object, string, object[]?]>([
    [
      "a slot on no whole pages",
      { ...slot, region: { gpa: 1 } },
      "an argument is out of bounds or no whole pages",
    ],
    [
      "a slot that is undone",
      { ...slot, gfn: 2 ** 36 },
      "beyond what the VM can have, so what was done for it is undone",
    ],
    [
      "a touch of a page that no file has",
      { op: "map", vm: "vm0", gfn: 0, pages: 1 },
      "no file has so high a page",
      [{ ...slot, gfn: 0, pgoff: undefined, offset: "9223372036854775808" }],
    ],
  ])("%s", (_what, operation, reason, setup = []) => {
    expect(last(operation, "v10", setup)).toContain(reason);
  });

  it("a slot twice, and gfns that are taken", () => {
    expect(last(slot, "v10", [slot])).toContain(
      "-EINVAL from KVM_SET_USER_MEMORY_REGION: slot 0 exists already",
    );
    expect(last({ ...slot, slot: 1, gfn: 4, pgoff: 8 }, "v10", [slot])).toContain("-EEXIST from");
  });

  it("an index that is taken, with its owner and the owner's pages", () => {
    expect(sentences(played("t-c1", "review-seed"))).toContain(
      "U cannot bind pages [512,1024) of f0 to slot 1: -EINVAL, as index 512 already belongs to slot 0, whose pages are [0,512).",
    );
  });

  it("an index one past the range, in the other order of the two slots", () => {
    const upper = { ...slot, slot: 1, gfn: 8, pgoff: 8 };
    const refused = playedDocument(machine({ setup: [upper], tasks: { U: [slot] } }), "review-seed");
    expect(sentences(refused).join(" ")).toContain(
      "index 8, one past these pages, already belongs to slot 1",
    );
  });

  it("a design without the call", () => {
    expect(sentences(played("t-f", "v10"))).toContain(
      "U finds no bind call: LIST has none, and nothing changes.",
    );
  });
});

describe("brackets", () => {
  it("a count below zero is called so", () => {
    expect(sentences(played("t-b2", "v10")).join(" ")).toContain(
      "mmu_invalidate_in_progress falls to -1, below zero.",
    );
  });

  it("a guest that is held off learns by what", () => {
    const slot = { op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 };
    const stuckCount = playedDocument(
      machine({
        setup: [slot],
        tasks: {
          P: [{ op: "punch", file: "f0", start: 0, end: 8 }],
          U: [{ op: "deleteSlot", vm: "vm0", slot: 0 }, slot, { op: "map", vm: "vm0", gfn: 0, pages: 1 }],
        },
        choices: ["P until lock.released mmu_lock", "U to end", "P to end"],
      }),
      "v10",
    );
    expect(sentences(stuckCount)).toContain(
      "U lets the guest of vm0 touch gfns [0,1), and it has to fault again: mmu_invalidate_in_progress is 1 and the tracked range is [0,8).",
    );
  });

  it("a range that grows beyond what was added is told", () => {
    const slot = (slot: number, gfn: number) =>
      ({ op: "createSlot", vm: "vm0", slot, gfn, pages: 8, file: "f0", pgoff: 8 * slot }) as const;
    const two = machine({
      setup: [slot(0, 0), slot(1, 100)],
      tasks: { P: [{ op: "punch", file: "f0", start: 0, end: 16 }] },
    });
    expect(sentences(playedDocument(two, "review"))).toContain(
      "P opens a bracket for slot 1 on gfns [100,108): mmu_invalidate_in_progress of vm0 rises to 2, the tracked range is [0,108).",
    );
  });

  it("a bad page is looked for in vain, and each design has its reason (T-u, T-v)", () => {
    expect(sentences(played("t-u", "v10")).slice(0, 5)).toEqual([
      "H finds frame 5 bad, which is page 5 of f0: it stays where it is, mapped or not.",
      "H takes s_inode_list_lock.",
      "H looks for f0 on the superblock's list of inodes, on which an anonymous inode never is: nobody is told of page 5 (T-u).",
      "H releases s_inode_list_lock.",
      "H returns from memory_failure.",
    ]);
    expect(sentences(played("t-u", "review"))[2]).toBe(
      "H looks for f0 on the superblock's list of inodes and passes over 1 inode in use: nobody is told of page 5 (T-v).",
    );
    const hole = machine({ tasks: { P: [{ op: "poison", file: "f0", page: 3 }] } });
    expect(captionAt(playedDocument(hole, "v10"), 0)).toBe(
      "Before step 1 of 1. Next: P loses page 3 of f0 to a memory error.",
    );
    expect(sentences(playedDocument(hole, "v10"))[0]).toBe("P has no bad page: f0 has a hole at page 3.");
  });

  it("a full mount, and a signal, cut an allocation short", () => {
    const full = machine({
      limits: { mount: 4 },
      setup: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 }],
      tasks: {
        P: [
          { op: "allocate", file: "f0", start: 0, end: 5 },
          { op: "map", vm: "vm0", gfn: 0, pages: 5 },
          { op: "signal", task: "Q" },
        ],
        Q: [{ op: "allocate", file: "f0", start: 0, end: 1 }],
      },
      choices: ["P to end", "Q to end"],
    });
    expect(sentences(playedDocument(full, "v10")).filter((text) => text.includes("returns -E"))).toEqual([
      "P returns -ENOSPC from fallocate: the mount may hold no page more, and none is added.",
      "P returns -ENOSPC from guest access: the mount may hold no page more.",
      "Q returns -EINTR from fallocate: a signal came, and none is added.",
    ]);
  });

  it("v10's unsigned sum wraps around, and the callback says so (T-o)", () => {
    const wraps = machine({
      files: { f0: { pages: 256 } },
      setup: [{ op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 50, file: "f0", pgoff: 100 }],
      tasks: { P: [{ op: "punch", file: "f0", start: 0, end: 10 }] },
    });
    expect(sentences(playedDocument(wraps, "v10")).join(" ")).toContain(
      "its pages [100,150) do not overlap [0,10), but an unsigned sum wraps around, so it will open a bracket and zap.",
    );
  });
});

describe("a caption", () => {
  it("tells the step, and what the step did", () => {
    const list = played("t-a-12", "v10");
    expect(captionAt(list, 0)).toBe("Before step 1 of 38. Next: P punches pages [18,22) of f0.");
    expect(captionAt(list, 14)).toBe(
      "Step 14 of 38. P calls invalidate_start() of slot 7: its pages [36,38) do not overlap [18,22), so it returns.",
    );
    expect(captionAt(list, 19)).toBe(
      "Step 19 of 38. P releases rm->lock: until the end walk, slots can register and unregister.",
    );
  });

  it("waits in so many words, and repeats why an operation failed", () => {
    expect(captionAt(played("t-a-12", "review"), 14, true)).toBe(
      "Done after 14 steps; waits for the other design.",
    );
    expect(captionAt(played("t-c1", "review-seed"), 13, true)).toMatch(
      /^Done after 6 steps; waits .* index 512 already belongs to slot 0, whose pages are \[0,512\)\.$/,
    );
  });

  it("counts the steps of the operation that is shown", () => {
    expect(captionAt(played("t-c1", "review-seed"), 8)).toMatch(
      /^Operation 2 of 2\. Step 1 of 6\. U asks KVM/,
    );
  });

  it("begins with the finding of the step, and names the others", () => {
    expect(captionAt(played("t-b1", "v10"), 21)).toBe(
      "Step 21 of 27. I3 (T-b1) is broken: vm0/0 was freed with 1 of its starts still open. So is I4.",
    );
    expect(why({ play: played("t-b1", "v10"), step: 21 })).toContain("never hears the end");
    expect(why({ play: played("t-b1", "v10"), step: 20 })).toBeNull();
    expect(captionAt(played("t-b1", "v10"), 22)).not.toContain("broken");
  });

  it("says which choice is put off at the step, and why", () => {
    const held = played("t-b1", "review");
    expect(captionAt(held, 17)).toContain(
      '"U to end" is put off: U waits behind P to take rm->lock for writing.',
    );
    expect(held.recording.putOffs.map((putOff) => putOffText(putOff, held))).toHaveLength(1);
  });
});

it("a grace period that is waited for without a word is named by its gate", () => {
  const held = played("t-b1", "review");
  const putOff = { step: 9, task: "U", choice: "U to end", at: "kvm: wait for the readers of the old slots" };
  expect(putOffText(putOff, held)).toBe(
    '"U to end" is put off: U waits at "kvm: wait for the readers of the old slots".',
  );
});

it("tasks that wait for each other are named at the end", () => {
  const shown = played("t-a-12", "review");
  expect(stuckText(shown)).toBeNull();
  const stuck = { ...shown, recording: { ...shown.recording, stuck: ["P", "U"] } };
  expect(stuckText(stuck)).toBe("P and U wait for each other for ever.");
  expect(captionAt(stuck, 14)).toContain("P and U wait for each other for ever.");
  expect(captionAt(stuck, 13)).not.toContain("for ever");
});

it("a task that waits for nobody is not said to wait for another, and one that faults is not said to wait", () => {
  const shown = played("t-a-12", "review");
  const stuck = { ...shown, recording: { ...shown.recording, stuck: ["P"] } };
  expect(stuckText(stuck)).toBe("P waits for ever.");
  expect(stuckText(played("t-q", "v10"))).toBe("V faults for ever.");
  expect(stuckText(played("t-ah", "v10"))).toBe("V faults for ever.");
  const both = played("t-ah", "v10");
  expect(stuckText({ ...both, recording: { ...both.recording, stuck: ["V", "P"] } })).toBe(
    "V faults for ever. P waits for ever.",
  );
});

it("of two sentences about a step the one that came about first stands first", () => {
  expect(captionAt(played("t-user", "v10"), 18)).toMatch(/U calls mmap\(.*\. U returns -EPERM from mmap/);
  expect(captionAt(played("t-e1", "v10"), 31)).toMatch(/reads entry 20 .*: a leaf\. .* finds zeroes\.$/);
});

describe("traps", () => {
  it("each one that a built-in declares is explained, with where the claim comes from", () => {
    const declared = new Set<string>();
    for (const entry of BUILT_INS) {
      const parsed = "document" in entry ? parseDocument(entry.document()) : null;
      for (const { findings } of parsed?.ok ? parsed.scenario.expect.values() : [])
        for (const { trap } of findings ?? []) if (trap !== null) declared.add(trap);
    }
    expect([...declared].sort()).toEqual([
      "Lab-1",
      "T-ah",
      "T-b1",
      "T-b2",
      "T-b3",
      "T-b4",
      "T-c",
      "T-l1",
      "T-l2",
      "T-l5",
      "T-n",
      "T-q",
      "T-r",
    ]);
    for (const id of declared) {
      expect(trapById(id)?.text).toMatch(/[^.]\.$/);
      expect(
        trapById(id)
          ?.confidence.map((tag) => CONFIDENCE[tag])
          .join(),
      ).toMatch(/source/);
    }
    expect(trapById("T-zz")).toBeNull();
    // What is called T-m4 elsewhere is something else: mixed attributes.
    expect(trapById("T-m4")).toBeNull();
    expect(trapById("Lab-1")?.text).toContain("This project derived it");
  });

  it("stand behind their invariant in a finding", () => {
    const shown = played("t-c1", "review-seed");
    expect(findingText(shown.findings[0]!, shown)).toMatch(/^I17 \(T-c\) is broken: /);
  });
});
