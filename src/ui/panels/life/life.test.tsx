// SPDX-License-Identifier: GPL-2.0-only
import { renderToStaticMarkup as markup } from "react-dom/server";
import { expect, it } from "vitest";
import { framesOf, scenarioNamed } from "../../scene/framesOf.ts";
import { lifeOf } from "../../scene/life.ts";
import { factsOf } from "../../scene/lifeFacts.ts";
import { createLab } from "../../store/lab.ts";
import { LabContext } from "../../store/useLab.ts";
import { Lives } from "./Life.tsx";
import { pickPage } from "./pickPage.ts";
import { nowOf, placeText, rowFor } from "./places.ts";

const lab = createLab({ fetchBlob: () => Promise.reject(new Error()), pause: async () => {} }, "dark");

/** Both designs' lives of what is called `object`, after `step` steps. */
function livesAt(object: string, step: number): string[] {
  const frames = framesOf(scenarioNamed("t-b4"), 0, step);
  const html = markup(
    <LabContext value={lab}>
      <Lives frames={frames} object={object} inRail />
    </LabContext>,
  );
  return html.split("<section").slice(1);
}

it("a page's life stands under both designs, with what a guest now reads wrongly on its own", () => {
  const [list = "", xarray = ""] = livesAt("page:f0/5", 31);
  expect(list).toContain('aria-label="Life of page 5 of f0 under LIST"');
  expect(list).toMatch(/, a hole<.*vm0 still maps it: gfn 5 reads what vm1 wrote<\/p>/);
  expect(xarray).toContain('aria-label="Life of page 5 of f0 under XARRAY"');
  expect(xarray).not.toContain("still maps it");
  expect(livesAt("page:f0/5", 23)[0]).not.toContain("still maps it");
  expect(list.match(/role="toolbar"/g)).toHaveLength(1);
  expect(xarray).not.toContain('role="toolbar"');
});

it("what is still to come is there too, and told apart from what has happened", () => {
  const [list = ""] = livesAt("page:f0/5", 24);
  const when = [...list.matchAll(/data-step="(\d+)"[^>]*data-when="(\w+)"/g)].map(([, step, how]) => [
    Number(step),
    how,
  ]);
  expect(when.length).toBeGreaterThan(8);
  for (const [step, how] of when as [number, string][])
    expect(how).toBe(step < 24 ? "past" : step === 24 ? "now" : "later");
  expect(list).toContain(">set-up<");
});

it("a column of many pages shows the one with the most to tell, and what is no page shows nothing", () => {
  expect(livesAt("pages:f0/0-7", 1)[0]).toContain("Life of page 5 of f0");
  expect(livesAt("slot:vm0/0", 1)).toEqual([]);
});

it("the figures are those of the page's frame, and of its last one when it is gone", () => {
  const [frame] = framesOf(scenarioNamed("t-b4"), 0, 0);
  const life = lifeOf(frame.play, "f0", 5);
  const values = (step: number) => factsOf(life, step).map(({ value }) => value);
  expect(values(0)).toEqual(["5", "0", "1", "nobody", "nobody"]);
  expect(values(14)).toEqual(["5", "0", "2", "nobody", "nobody"]);
  expect(values(22)).toEqual(["5", "0", "1", "vm0", "vm0"]);
  expect(values(24)).toEqual(["was 5", "1", "0", "vm0", "vm0"]);
  expect(values(31)).toEqual(["was 5", "1", "1", "vm1", "vm0"]);
});

it("the key opens the page that is pointed at, else the one with the most to tell; again it closes it", async () => {
  const own = createLab({ fetchBlob: () => Promise.reject(new Error()), pause: async () => {} }, "dark");
  const pressed = () => {
    pickPage(own);
    return own.store.getState().pinned;
  };
  expect(pressed()).toBeNull();
  await own.choose("t-b4");
  expect(pressed()).toBe("page:f0/5");
  own.light("page:f0/5");
  expect(pressed()).toBeNull();
  own.light("page:f0/9");
  expect(pressed()).toBe("page:f0/9");
  own.light("pages:f0/0-7");
  expect(pressed()).toBe("page:f0/5");
  own.light(null);
  expect(pressed()).toBeNull();
  own.light("slot:vm0/0");
  expect(pressed()).toBe("page:f0/5");
});

it("a moment's place is its step, with its operation where there are several", () => {
  const one = [{ first: 1, last: 32 }];
  const two = [...one, { first: 33, last: 40 }];
  expect([0, 24].map((step) => placeText(step, one))).toEqual(["set-up", "24"]);
  expect([24, 34].map((step) => placeText(step, two))).toEqual(["1.24", "2.2"]);
});

it("keys go through the moments, and the shown step has one of them", () => {
  expect(["ArrowUp", "ArrowDown", "Home", "End", "x"].map((key) => rowFor(key, 0, 3))).toEqual([
    0,
    1,
    0,
    2,
    null,
  ]);
  const at = [0, 4, 4, 9].map((step, k) => ({ key: `${k}`, step, kind: "page", text: "" }) as const);
  expect([0, 3, 4, 20].map((step) => nowOf(at, step))).toEqual([0, 0, 2, 3]);
});
