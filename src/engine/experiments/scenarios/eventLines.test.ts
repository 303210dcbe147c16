// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { fnv1a32 } from "../../fnv.ts";
import { VARIANTS } from "../machine/variants.ts";
import { FORMAT } from "./format.ts";
import { eventLines, eventsHash } from "./eventLines.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { play } from "./play.ts";
import { tA12 } from "./tA12.ts";

it("a line names step, task and open calls, then the event with its fields in their order", () => {
  const [first, second] = [...eventLines(play(scenarioOf(tA12()), "review"))];
  expect(first).toBe(
    '{"step":1,"task":"P","at":["syscall: fallocate is called"],"type":"fallocate.entered","file":"f0","mode":3,"offset":73728,"len":16384}',
  );
  expect(second).toContain('"type":"punch.begun"');
});

it("what a double can't hold is written as digits in quotes, also inside a pair", () => {
  // T-o: the clamp as posted wraps around for a slot that lies behind the hole and low in guest memory.
  const wrapping = scenarioOf({
    format: FORMAT,
    title: "A clamp that wraps",
    files: { f0: { pages: 256 } },
    vms: { vm0: {} },
    setup: [{ op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 50, file: "f0", pgoff: 100 }],
    tasks: { P: [{ op: "punch", file: "f0", start: 0, end: 10 }] },
  });
  const lines = [...eventLines(play(wrapping, "v10"))];
  const begun = lines.find((line) => line.includes("bracket.begun")) ?? "";
  expect(begun).toContain('"start":0,"end":"18446744073709551526","range":[0,"18446744073709551526"]');
});

it("every line is JSON in ASCII: the hash reads one byte a character", () => {
  for (const variant of VARIANTS)
    for (const line of eventLines(play(scenarioOf(tA12()), variant))) {
      expect(line).toMatch(/^[ -~]*$/);
      expect(JSON.parse(line)).toHaveProperty("step");
    }
});

it("the hash is that of all lines, each with its line feed", () => {
  const played = play(scenarioOf(tA12()), "v10");
  expect(eventsHash(played)).toBe(fnv1a32([...eventLines(played)].map((line) => `${line}\n`).join("")));
});

it("a play without a step has the hash of no text", () => {
  expect(eventsHash(play(scenarioOf({ ...tA12(), tasks: {} }), "v10"))).toBe("811c9dc5");
});
