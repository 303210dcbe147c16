// SPDX-License-Identifier: GPL-2.0-only
import { renderToStaticMarkup as markup } from "react-dom/server";
import { describe, expect, it } from "vitest";
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
import { EventLog } from "./EventLog.tsx";
import { eventRows } from "./rows.ts";
import { ROWS, rowForKey, rowsToDrop, topBefore, topMax } from "./window.ts";

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

describe("rows", () => {
  const list = played("t-a-12", "v10");
  const rows = eventRows(list);

  it("are all events of the play, in order, each under its step", () => {
    const flat = list.recording.steps.flatMap(({ events }, k) =>
      events.map((event, at) => ({ step: k + 1, event, leads: at === 0 })),
    );
    expect(rows.count).toBe(flat.length);
    for (const [row, { step, event, leads }] of flat.entries()) {
      expect(rows.at(row)).toMatchObject({ step, leads });
      expect(rows.at(row).event).toBe(event);
    }
  });

  it("know where a step begins, and that nothing comes before the first or behind the last", () => {
    expect(rows.firstOf(0)).toBe(0);
    expect(rows.firstOf(39)).toBe(rows.count);
    expect(rows.at(rows.firstOf(21))).toMatchObject({ step: 21, leads: true });
  });
});

describe("the window", () => {
  it("keeps the row in the upper part of the log, whatever the heights above it", () => {
    expect(rowsToDrop(Array(40).fill(22), [12, 13], false, 160)).toBe(8);
    expect(rowsToDrop(Array(40).fill(40), [12, 13], false, 160)).toBe(10);
    expect(rowsToDrop(Array(40).fill(22), [1, 2], false, 160)).toBe(0);
  });

  it("shows all rows of a step where they fit, and its first one where they do not", () => {
    expect(rowsToDrop(Array(40).fill(40), [12, 14], false, 118)).toBe(12);
    expect(rowsToDrop(Array(40).fill(22), [12, 16], false, 118)).toBe(11);
    expect(rowsToDrop(Array(40).fill(40), [12, 20], false, 118)).toBe(12);
  });

  it("shows more of what was where nothing else is to come", () => {
    expect(rowsToDrop(Array(14).fill(22), [12, 13], true, 160)).toBe(7);
    expect(rowsToDrop(Array(14).fill(22), [12, 13], false, 160)).toBe(8);
    expect(rowsToDrop(Array(40).fill(22), [12, 13], true, 160)).toBe(8);
    expect(rowsToDrop([], [0, 1], true, 160)).toBe(0);
  });

  it("lays out rows from before the one that matters, and leaves the last ones to scroll to", () => {
    expect([0, 5, 100].map(topBefore)).toEqual([0, 0, 88]);
    expect([0, 3, 500].map(topMax)).toEqual([0, 0, 496]);
  });

  it("follows the keys, and stops at both ends", () => {
    expect(rowForKey("ArrowDown", 3, 10)).toBe(4);
    expect(rowForKey("ArrowUp", 0, 10)).toBe(0);
    expect(rowForKey("PageDown", 5, 10)).toBe(9);
    expect(rowForKey("Home", 5, 10)).toBe(0);
    expect(rowForKey("End", 5, 10)).toBe(9);
    expect(rowForKey("ArrowRight", 5, 10)).toBeNull();
  });
});

describe("the log", () => {
  const frames = [frameAt(played("t-a-12", "v10"), 17), frameAt(played("t-a-12", "review"), 14)] as const;
  const html = markup(<EventLog frames={frames} onGoTo={() => {}} />);

  it("is a list box a design, each with one tab stop", () => {
    expect(html.match(/role="listbox"/g)).toHaveLength(2);
    expect(html.match(/tabindex="0"/g)).toHaveLength(2);
    expect(html).toMatch(/LIST <span[^>]*>72 events/);
  });

  it("marks the step that is shown, and tells what is past from what is to come", () => {
    const now = [...html.matchAll(/data-when="now"[^>]*aria-current="step"[^>]*>.*?<span>(.*?)<\/span>/g)];
    expect(now.map(([, text]) => text)).toEqual([
      "P calls invalidate_start() of slot 10: its pages [54,58) do not overlap [18,22), so it returns.",
      "P comes to slot 11 on the list.",
      "P releases rm-&gt;lock.",
      "P returns 0 from fallocate.",
    ]);
    expect(html).toContain('data-when="later"');
    expect(html).toContain('data-when="past"');
  });

  it("holds few rows of a long play, and each says which of all it is", () => {
    const long = frameAt(played("t-a-4096", "v10"), 4_098);
    const many = markup(<EventLog frames={[long, long]} onGoTo={() => {}} />);
    expect(many.match(/role="option"/g)).toHaveLength(2 * ROWS);
    const { count, firstOf } = eventRows(long.play);
    expect(many).toContain(
      `aria-selected="true" aria-setsize="${count}" aria-posinset="${firstOf(4_098) + 1}"`,
    );
  });
});
