// SPDX-License-Identifier: GPL-2.0-only
// A page goes bad: who hears of it, what the guest sees, and what becomes of the frame.

import { describe, expect, it } from "vitest";
import { goTo } from "../../sim/recording.ts";
import type { Pfn } from "../../units.ts";
import { isPoisoned } from "../../kernel/shmem/tags.ts";
import type { LabEvent } from "../machine/events.ts";
import { type VariantId, VARIANTS } from "../machine/variants.ts";
import type { OperationDocument, ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { parseDocument } from "./parse.ts";
import { play } from "./play.ts";
import { tU } from "./tU.ts";

const poison = (page: number, file = "f0"): OperationDocument => ({ op: "poison", file, page });

function played(document: ScenarioDocument, variant: VariantId) {
  const parsed = parseDocument(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const shown = play(parsed.scenario, variant);
  const events = shown.recording.steps.flatMap((step) => step.events);
  const all = <T extends LabEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type);
  return { ...shown, all, world: goTo(shown.recording, shown.recording.steps.length).world };
}

const machine = (fields: Partial<ScenarioDocument>): ScenarioDocument => ({
  format: FORMAT,
  title: "A bad page",
  files: { f0: { pages: 16 }, f1: { pages: 16 } },
  vms: { vm0: {} },
  tasks: {},
  ...fields,
});

describe("t-u, a bad page that nobody hears of", () => {
  it.each([
    ["v10", 0, "an anonymous inode is on no list (T-u)"],
    ["review", 1, "each inode is in use and passed over (T-v)"],
    ["review-seed", 1, "each inode is in use and passed over (T-v)"],
  ] as const)("under %s the search finds none of %i inodes: %s", (variant, listed, _why) => {
    const { all, recording, scenario } = played(tU(), variant);
    expect(all("inodes.searched")).toEqual([
      { type: "inodes.searched", file: "f0", index: 5, listed, inUse: listed },
    ]);
    const { steps } = recording;
    const first = steps.filter(({ task }) => [...scenario.tasks.keys()][task] === "H");
    const told = first.flatMap(({ events }) => events.map(({ type }) => type));
    expect(told).toEqual([
      "poison.entered",
      "lock.taken",
      "inodes.searched",
      "lock.released",
      "operation.returned",
    ]);
  });

  it.each(VARIANTS)("under %s the guest reads on, and after a punch it has another frame", (variant) => {
    const { all, world, findings } = played(tU(), variant);
    // As posted, the slot has one page too many (T-c).
    expect(findings.map(({ invariant }) => invariant)).toEqual(variant === "review-seed" ? ["I17"] : []);
    const [entered] = all("poison.entered");
    const [before, after] = all("guest.read");
    expect(entered?.pfn).toBe(before?.pfn);
    expect(after?.pfn).not.toBe(before?.pfn);
    expect(isPoisoned(world.memory, before?.pfn as Pfn)).toBe(true);
    expect(world.memory.framesRetired).toBe(1);
  });
});

describe("a bad page", () => {
  it("is none where the file has a hole, and nobody looks for the file", () => {
    const { all, recording } = played(machine({ tasks: { H: [poison(3)] } }), "v10");
    expect(all("poison.entered")).toEqual([{ type: "poison.entered", file: "f0", index: 3, pfn: null }]);
    expect(recording.steps).toHaveLength(1);
  });

  it("is passed over among all files that there are, in whatever way they are kept", () => {
    const slot = { op: "createSlot", vm: "vm0", slot: 0, pages: 16, file: "f0", pgoff: 0 } as const;
    const { all } = played(
      machine({
        setup: [slot, { op: "map", vm: "vm0", gfn: 0, pages: 4 }, { op: "close", file: "f0" }],
        tasks: { H: [poison(3), { op: "close", file: "f1" }, poison(3), poison(3, "f1")] },
      }),
      "review",
    );
    expect(all("inodes.searched").map(({ inUse }) => inUse)).toEqual([2, 1]);
    // A file that is no more has no page.
    expect(all("poison.entered").map(({ pfn }) => pfn)).toEqual([3, 3, null]);
  });

  it("makes two searches wait for each other: the list has one lock", () => {
    const { all, recording } = played(
      machine({
        setup: [
          { op: "allocate", file: "f0", start: 0, end: 1 },
          { op: "allocate", file: "f1", start: 0, end: 1 },
        ],
        tasks: { H: [poison(0)], G: [poison(0, "f1")] },
        choices: ["H until lock.taken", "G to end", "H to end"],
      }),
      "review",
    );
    expect(all("lock.waited")).toMatchObject([{ lock: "sb/s_inode_list_lock", behind: ["H"] }]);
    expect(recording.stuck).toEqual([]);
  });
});
