// SPDX-License-Identifier: GPL-2.0-only
import type { ReactNode } from "react";
import { renderToStaticMarkup as markup } from "react-dom/server";
import { expect, it } from "vitest";
import { axisFor } from "../../scene/axis.ts";
import { framesOf, scenarioNamed } from "../../scene/framesOf.ts";
import { createLab } from "../../store/lab.ts";
import { LabContext } from "../../store/useLab.ts";
import { Bill } from "../bill/Bill.tsx";
import { MemslotsRow } from "../memslots/MemslotsRow.tsx";
import { BrokenSoFar } from "./BrokenSoFar.tsx";
import { DesignPanel } from "./DesignPanel.tsx";

const panel = (name: string, step: number) => {
  const frames = framesOf(scenarioNamed(name), 0, step);
  const axis = axisFor(frames);
  const html = frames.map((frame) =>
    inLab(
      <DesignPanel
        axis={axis}
        frame={frame}
        place={0}
        onChoose={() => {}}
        onGoToStep={() => {}}
        tone="list"
        caption="What happened."
      />,
    ),
  );
  return { html, memslots: inLab(<MemslotsRow axis={axis} frame={frames[0]} />), frames };
};

const lab = createLab({ fetchBlob: () => Promise.reject(new Error()), pause: async () => {} }, "dark");
const inLab = (panel: ReactNode) => markup(<LabContext value={lab}>{panel}</LabContext>);

it("a panel is named after its design, and each of its rows is a picture with a sentence", () => {
  const [list = "", xarray = ""] = panel("t-a-12", 14).html;
  expect(list).toMatch(/aria-labelledby="([^"]+)".*<h2 id="\1"[^>]*>LIST/);
  expect(xarray).toMatch(/<h2[^>]*>XARRAY</);
  expect(list).toContain("What happened.");
  expect(list.match(/role="img" aria-label="[^"]{6,}"/g)).toHaveLength(4);
  expect(list).toContain("12 notifiers in list order");
  expect(xarray).toContain("xa_node of shift 0");
});

it("memslots stand above both designs, or in each where they may differ, never in both places", () => {
  const shared = panel("t-a-12", 0);
  expect(shared.memslots).toContain("12 memslots");
  expect(shared.html.join()).not.toContain("12 memslots:");
  const own = panel("t-b1", 0);
  expect(own.memslots).toBe("");
  for (const html of own.html) expect(html).toContain("1 memslot: slot 0");
});

it("what a design has broken is named in its head from that step on, and not before", () => {
  const { frames } = panel("t-b1", 0);
  const { step } = frames[0].play.findings[0] ?? { step: 0 };
  // The name comes in a part of its own, which a page test sees arrive.
  const brokenAt = (own: number) =>
    panel("t-b1", own).frames.map((frame) => markup(<BrokenSoFar frame={frame} onGoTo={() => {}} />));
  expect(brokenAt(step - 1).join()).not.toContain("I3");
  const [list, xarray] = brokenAt(step);
  expect(panel("t-b1", step).html[0]).toContain('data-broken="true"');
  expect(list).toMatch(/<button[^>]*title="I3 \(T-b1\) is broken: [^"]+"[^>]*>.*I3 and I4 broken/);
  expect(xarray).not.toContain("I3");
  expect(panel("t-b1", step + 2).html[0]).not.toContain('data-broken="true"');
  expect(brokenAt(step + 2)[0]).toContain("I3 and I4 broken");
});

it("a count of open brackets that is wrong stands out in more than its colour", () => {
  const { frames } = panel("t-b2", 1000);
  const bill = markup(<Bill frame={frames[0]} />);
  expect(bill).toMatch(
    /data-wrong="true".*in_progress <strong>−1<\/strong>.*data-bracket="lone".*below zero/,
  );
  expect(markup(<Bill frame={frames[1]} />)).not.toContain('data-wrong="true"');
});

it("each row is one list to go through, described by its picture, and only the ruler is none", () => {
  const { html, memslots } = panel("t-a-12", 14);
  for (const part of [...html, memslots]) {
    const lists =
      part.match(/role="listbox" tabindex="0" aria-label="[^"]+" aria-describedby="[^"]+"/g) ?? [];
    expect(lists).toHaveLength(part.match(/role="img"/g)?.length ?? -1);
    expect(part.match(/role="option"/g)).toHaveLength(lists.length);
  }
  expect(html[0]).toContain('aria-label="Notifiers"');
  expect(html[1]).toContain('aria-label="Nodes of the xarray"');
});
