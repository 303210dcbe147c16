// SPDX-License-Identifier: GPL-2.0-only
// A tmpfs mount that is full, as a scenario sets it: -ENOSPC for user space, and what becomes of it for a guest.

import { describe, expect, it } from "vitest";
import { goTo } from "../../sim/recording.ts";
import { type VariantId, VARIANTS } from "../machine/variants.ts";
import type { LabEvent } from "../machine/events.ts";
import type { ScenarioDocument } from "./document.ts";
import { FORMAT } from "./format.ts";
import { parseDocument } from "./parse.ts";
import { play } from "./play.ts";

function played(fields: Partial<ScenarioDocument>, variant: VariantId) {
  const parsed = parseDocument({
    format: FORMAT,
    title: "A mount of four pages",
    files: { f0: { pages: 16 }, f1: { pages: 16 } },
    vms: { vm0: { vcpus: 1 } },
    limits: { mount: 4 },
    ...fields,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const shown = play(parsed.scenario, variant);
  const events = shown.recording.steps.flatMap((step) => step.events);
  const all = <T extends LabEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type);
  const { world } = goTo(shown.recording, shown.recording.steps.length);
  return { ...shown, all, world, errnos: all("operation.returned").map(({ errno }) => errno) };
}

const slot = { op: "createSlot", vm: "vm0", slot: 0, pages: 16, file: "f0", pgoff: 0 } as const;
const allocate = (file: string, start: number, end: number) =>
  ({ op: "allocate", file, start, end }) as const;

describe.each(VARIANTS)("under %s a full mount", (variant) => {
  it("refuses an allocation with -ENOSPC, in all files together, and leaves nothing of it", () => {
    const tasks = {
      U: [
        allocate("f0", 0, 3),
        allocate("f1", 0, 2),
        allocate("f1", 0, 1),
        allocate("f0", 8, 13),
        { op: "punch", file: "f0", start: 0, end: 1 } as const,
        allocate("f1", 0, 2),
      ],
    };
    const { errnos, world } = played({ tasks }, variant);
    expect(errnos).toEqual([null, "ENOSPC", null, "ENOSPC", null, null]);
    const held = Object.values(world.files).map(({ memfd }) => memfd.nrpages);
    expect([held, world.memory.framesUsed, world.memory.blocksUsed]).toEqual([[2, 2], 4, 4]);
  });

  it("refuses a guest's touch of more pages than there is room for, and nothing is mapped", () => {
    const { errnos, world } = played(
      { setup: [slot], tasks: { G: [{ op: "map", vm: "vm0", gfn: 0, pages: 5 }] } },
      variant,
    );
    expect(errnos).toEqual(["ENOSPC"]);
    expect([world.memory.framesUsed, world.vms.vm0?.tdp.leaves[0]]).toEqual([0, 0]);
  });

  it("sends a fault back for ever (T-q), until a page of any file goes", () => {
    const guest = { op: "guestWrite", vm: "vm0", vcpu: 0, gfn: 5 } as const;
    const full = { setup: [slot, allocate("f1", 0, 4)], tasks: { V: [guest] } };
    const looping = played(full, variant);
    expect(looping.all("page.refused").map(({ errno }) => errno)).toEqual(["ENOSPC"]);
    expect(looping.findings.map(({ invariant }) => invariant)).toContain("I31");
    const punch = { op: "punch", file: "f1", start: 0, end: 1 } as const;
    const mended = played(
      { ...full, tasks: { V: [guest], P: [punch] }, choices: ["V until page.refused", "P to end"] },
      variant,
    );
    expect(mended.findings.map(({ invariant }) => invariant)).not.toContain("I31");
    expect(mended.all("guest.wrote")).toHaveLength(1);
  });
});
