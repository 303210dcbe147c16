// SPDX-License-Identifier: GPL-2.0-only
import { renderToStaticMarkup as markup } from "react-dom/server";
import { expect, it } from "vitest";
import {
  builtIn,
  goTo,
  operationSteps,
  type Play,
  parseDocument,
  play,
  type VariantId,
} from "../../../engine/index.ts";
import type { Frame } from "../../scene/frame.ts";
import { Findings } from "./Findings.tsx";
import { upToNow } from "./upToNow.ts";

const played = (name: string, variant: VariantId): Play => {
  const entry = builtIn(name);
  if (entry === null || !("document" in entry)) throw new Error(`${name} is not in code`);
  const parsed = parseDocument(entry.document());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return play(parsed.scenario, variant);
};

const frameAt = (shown: Play, step: number): Frame => ({
  play: shown,
  operations: operationSteps(shown),
  operation: 0,
  step,
  from: null,
  waiting: false,
  world: goTo(shown.recording, step).world,
});

const names = (frame: Frame) => upToNow(frame).findings.map(({ finding }) => finding.invariant);

it("a finding is not given away before its step, and the latest stands first", () => {
  const list = played("t-b2", "v10");
  expect(names(frameAt(list, 17))).toEqual([]);
  expect(names(frameAt(list, 18))).toEqual(["I2", "I4"]);
  expect(names(frameAt(list, 19))).toEqual(["I1", "I2", "I4"]);
  expect(upToNow(frameAt(list, 19)).findings.map(({ isNew }) => isNew)).toEqual([true, false, false]);
});

it("what is broken when the set-up ends is there from the beginning", () => {
  const list = played("t-b2", "v10");
  const first = list.findings[0]!;
  expect(names(frameAt({ ...list, findings: [{ ...first, step: 0 }] }, 0))).toEqual(["I2"]);
});

it("a trap that explains several findings is explained once", () => {
  expect(upToNow(frameAt(played("t-b2", "v10"), 19)).traps.map(({ id }) => id)).toEqual(["T-b2"]);
});

it("a choice that was put off shows from the step before which it was, one without such a step at the end", () => {
  const held = played("t-b1", "review");
  expect(upToNow(frameAt(held, 16)).putOffs).toEqual([]);
  expect(upToNow(frameAt(held, 17)).putOffs).toMatchObject([{ step: 17 }]);
  const { recording } = held;
  const last = recording.steps.length;
  const putOffs = [{ ...recording.putOffs[0]!, step: last + 1 }];
  const stuck = { ...held, recording: { ...recording, putOffs, stuck: ["P", "U"] } };
  expect(upToNow(frameAt(stuck, last - 1))).toMatchObject({ putOffs: [], stuck: null });
  expect(upToNow(frameAt(stuck, last))).toMatchObject({
    putOffs: [{ step: last }],
    stuck: expect.any(String),
  });
});

it("a design that breaks nothing says so in one line, the other names invariant, trap, reason and step", () => {
  const frames = [frameAt(played("t-b1", "v10"), 27), frameAt(played("t-b1", "review"), 29)] as const;
  const [list = "", xarray = ""] = markup(<Findings frames={frames} only={null} onGoTo={() => {}} />)
    .split("<section")
    .slice(1);
  expect(list).toMatch(
    />I3<\/abbr> <span[^>]*>T-b1<\/span> vm0\/0 was freed with 1 of its starts still open\./,
  );
  expect(list).toContain("Step 21</button>");
  expect(list).toContain("no notifier is freed between a start and its end");
  expect(list).not.toContain("No invariant is broken.");
  expect(xarray).toContain("No invariant is broken.");
  expect(xarray).not.toContain("</abbr>");
});

it("beside one design alone there are its own findings, and what a task does for ever stands beside its name", () => {
  const own = frameAt(played("t-q", "review"), 7);
  const html = markup(
    <Findings frames={[frameAt(played("t-q", "v10"), 7), own]} only={1} onGoTo={() => {}} />,
  );
  expect(html).not.toContain("LIST");
  expect(html).toMatch(/<h3[^>]*>XARRAY <em>V faults for ever\.<\/em><\/h3>/);
});

it("where a task has several operations, a finding's place counts as the transport does", () => {
  const posted = played("t-c3", "review-seed");
  const [, sameDesign = ""] = markup(
    <Findings
      frames={[frameAt(posted, posted.recording.steps.length), frameAt(posted, 1)]}
      only={null}
      onGoTo={() => {}}
    />,
  ).split("<section");
  // What the bind broke is seen once the bindings' lock is given back, in the fifth step of the first operation.
  expect(sameDesign).toContain(">Operation 1, step 5</button>");
});
