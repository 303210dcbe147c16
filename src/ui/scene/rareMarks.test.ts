// SPDX-License-Identifier: GPL-2.0-only
// What few runs have: a page whose frame is bad, a call whose sum has wrapped around, zaps that no row shows.
import { describe, expect, it } from "vitest";
import type { LabEvent } from "../../engine/index.ts";
import { axisFor } from "./axis.ts";
import { callsScene, WRAPPED } from "./callsScene.ts";
import { framesOf, scenarioNamed } from "./framesOf.ts";
import { KEY, keyOf } from "./keyScene.ts";
import { leavesScene } from "./leavesScene.ts";
import { lifeOf } from "./life.ts";
import type { Scene } from "./mark.ts";
import { factOf } from "./objectFact.ts";
import { pagesScene } from "./pagesScene.ts";

const END = 100_000;
const shown = (name: string, until: number | ((event: LabEvent) => boolean)) => {
  const frames = framesOf(scenarioNamed(name), 0, until);
  return { frames, axis: axisFor(frames) };
};
const words = ({ marks }: Scene) => marks.flatMap((mark) => ("text" in mark ? [mark.text] : []));
const keys = ({ marks }: Scene, look: string) =>
  marks.flatMap((mark) => (mark.look === look ? [mark.key] : []));

describe("t-u: a bad page", () => {
  it("is marked in the file and where it is mapped, until another frame is the page's", () => {
    for (const design of [0, 1] as const) {
      const at = (until: number | ((event: LabEvent) => boolean)) => {
        const { frames, axis } = shown("t-u", until);
        return [pagesScene(axis, frames[design]), leavesScene(axis, frames[design], "vm0")];
      };
      for (const scene of at(0)) expect(keys(scene, "bad")).toEqual([]);
      for (const scene of at(6)) expect(keys(scene, "bad")).toEqual(["bad5"]);
      for (const scene of at(END)) expect(keys(scene, "bad")).toEqual([]);
      expect(at(6)[0]!.says).toContain("the frame of 1 page is bad");
    }
  });

  it("is a moment of the page's life, and so is that nobody gets its frame again", () => {
    const [list] = framesOf(scenarioNamed("t-u"), 0, END);
    const life = lifeOf(list.play, "f0", 5).moments.map(({ step, kind, text }) => `${step} ${kind} ${text}`);
    expect(life).toContain("1 bad went bad: pfn 5");
    expect(life.join("; ")).toMatch(
      /nobody hears that it is bad; .* freed left the file: freed, generation 1; \d+ bad pfn 5 is retired: nobody gets it again/,
    );
    expect(lifeOf(list.play, "f0", 4).moments.map(({ kind }) => kind)).not.toContain("bad");
  });

  it("is told of on the page and on the leaf", () => {
    const { frames } = shown("t-u", 6);
    expect(factOf(frames[0], "page:f0/5")).toContain("its frame is bad, and nobody was told");
    expect(factOf(frames[0], "page:f0/6")).not.toContain("bad");
    expect(factOf(frames[0], "leaf:vm0/1/5")).toContain("to pfn 5, which is bad and holds");
  });
});

describe("a sum that wraps around", () => {
  it("t-o: has a mark of its own, and a word; in the review's tree nothing wraps", () => {
    const { frames, axis } = shown("t-o", END);
    const scene = callsScene(axis, frames[0]);
    expect(keys(scene, "wrapped")).toEqual(["start0", "end0"]);
    expect(words(scene).join()).toContain(WRAPPED);
    expect(scene.says).toContain("slot 0 1 start, 1 end, wrapped");
    expect(keys(callsScene(axis, frames[1]), "wrapped")).toEqual([]);
    expect(factOf(frames[0], "slot:vm0/0")).toContain("its range has wrapped around");
    const a12 = shown("t-a-12", END);
    expect(keys(callsScene(a12.axis, a12.frames[0]), "wrapped")).toEqual([]);
  });

  it("t-ah: is said where the memslot lies outside of the window, and where the zapped pages are", () => {
    const { frames, axis } = shown("t-ah", END);
    expect(words(callsScene(axis, frames[0])).join()).toContain(WRAPPED);
    expect(words(leavesScene(axis, frames[0], "vm0"))).toContain("64 pages zapped in slot 1, on f1");
    expect(words(leavesScene(axis, frames[1], "vm0")).join()).not.toContain("zapped");
  });
});

it("the key has a rare mark where a run has it, in the place of one that it has not", () => {
  const wordsOf = (name: string) =>
    keyOf(framesOf(scenarioNamed(name), 0, 0).map(({ play }) => play)).map(({ word }) => word);
  expect(wordsOf("t-a-12")).toEqual(KEY.map(({ word }) => word));
  for (const [name, word] of [
    ["t-u", "bad page"],
    ["t-o", "wrapped"],
    ["t-ah", "wrapped"],
  ] as const) {
    expect(wordsOf(name)).toContain(word);
    expect(wordsOf(name)).toHaveLength(KEY.length);
  }
  expect(wordsOf("t-b1")).toContain("unpaired");
});
