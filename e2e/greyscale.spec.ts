// SPDX-License-Identifier: GPL-2.0-only
// Called for its range, called for nothing, and not called are three shapes, wherever a memslot is drawn.
import type { Locator, Page } from "playwright/test";
import { lastStepWith, playsOf } from "./support/engine.ts";
import { type Box, differ, type Shape, shapeOf, withoutHues } from "./support/greyscale.ts";
import { choose, openLab, slider } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const [LIST] = playsOf("t-a-12");

/** In the middle of the list's first walk: slot 3 has been needed, 1 and 5 were not, 6 and what follows are to come. */
const MIDDLE = 12;

const panelOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const rowOf = (page: Page, design: string, says: RegExp) =>
  panelOf(page, design).getByRole("img", { name: says });

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not to be seen`);
  return box;
}

/** A place in the panel's upper left corner, where nothing is drawn. */
async function emptyPlace(locator: Locator) {
  const { x, y } = await boxOf(locator);
  return { x: x + 8, y: y + 3 };
}

/** `width` by `height` pixels around the middle of `locator`. */
async function around(locator: Locator, width: number, height = width): Promise<Box> {
  const box = await boxOf(locator);
  return { x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - height / 2, width, height };
}

function expectApart(marks: Readonly<Record<string, Shape>>): void {
  const all = Object.entries(marks);
  expect(all.length).toBeGreaterThan(1);
  for (const [k, [name, shape]] of all.entries())
    for (const [other, otherShape] of all.slice(k + 1))
      expect(
        differ(shape, otherShape),
        `${name} and ${other} look alike:\n${shape.picture}\n\n${otherShape.picture}`,
      ).toBe(true);
}

for (const theme of ["dark", "light"] as const)
  test.describe(theme, () => {
    test.use({ colorScheme: theme });
    test.beforeEach(async ({ page }) => {
      await openLab(page);
      await withoutHues(page);
    });

    test("notifiers on the list", async ({ page }) => {
      await slider(page).fill(String(MIDDLE));
      const ground = await emptyPlace(panelOf(page, "LIST"));
      const number = (name: string) =>
        rowOf(page, "LIST", /notifiers in list order/).getByText(name, { exact: true });
      const shape = async (name: string) => shapeOf(page, await around(number(name), 22), ground);
      const marks = { needed: await shape("3"), wasted: await shape("1"), notCalled: await shape("9") };
      expectApart(marks);
      // The figures in the marks are no difference: two of one kind are alike.
      expect(differ(marks.wasted, await shape("0"))).toBe(false);
      expect(differ(marks.notCalled, await shape("8"))).toBe(false);
    });

    test("starts and ends", async ({ page }) => {
      await slider(page).fill(String(MIDDLE));
      const ground = await emptyPlace(panelOf(page, "LIST"));
      const row = await boxOf(panelOf(page, "LIST").getByText("start · end"));
      // The pair of slot 3, and beside it that of slot 2, stand under the middle of the memslot.
      const pair = async (slot: string): Promise<[start: Box, end: Box]> => {
        const mark = await boxOf(
          rowOf(page, "LIST", /notifiers in list order/).getByText(slot, { exact: true }),
        );
        const middle = Math.round(mark.x + mark.width / 2);
        const y = Math.round(row.y + row.height / 2) - 6;
        return [
          { x: middle - 12, y, width: 11, height: 12 },
          { x: middle + 1, y, width: 11, height: 12 },
        ];
      };
      const [needed, notYet] = await pair("3");
      const [wasted] = await pair("2");
      expectApart({
        needed: await shapeOf(page, needed, ground),
        wasted: await shapeOf(page, wasted, ground),
        notCalled: await shapeOf(page, notYet, ground),
      });
    });

    test("entries of an xa_node", async ({ page }) => {
      const entry = async (design: string, slot: string) => {
        const words = rowOf(page, design, /xa_node/).getByText(slot, { exact: true });
        const box = await boxOf(words.last());
        const ground = await emptyPlace(panelOf(page, design));
        return shapeOf(page, { x: box.x - 2, y: box.y - 1, width: 26, height: box.height + 2 }, ground);
      };
      const [needed, notCalled] = [await entry("XARRAY", "3"), await entry("XARRAY", "5")];
      await choose(page, "t-c2");
      const [posted] = playsOf("t-c2");
      await slider(page).fill(String(lastStepWith(posted, ({ type }) => type === "notifier.start")));
      const hatched = panelOf(page, "XARRAY as posted").locator('[data-look="hatch"]').first();
      const box = await boxOf(hatched);
      const middle = { x: box.x + box.width / 2 - 13, y: box.y, width: 26, height: box.height };
      const ground = await emptyPlace(panelOf(page, "XARRAY as posted"));
      expectApart({ needed, notCalled, wasted: await shapeOf(page, middle, ground) });
    });

    test("steps in the timeline", async ({ page }) => {
      await slider(page).fill(String(LIST.recording.steps.length));
      const strip = await boxOf(page.getByTestId("timeline"));
      const lane = await boxOf(page.getByRole("region", { name: "Timeline" }).getByText("LIST P").first());
      const ground = { x: strip.x - 4, y: strip.y + 1 };
      const at = (step: number): Box => ({
        x: strip.x + (step / LIST.recording.steps.length) * strip.width - 6,
        y: lane.y + lane.height / 2 - 6,
        ...{ width: 12, height: 12 },
      });
      const stepWith = (hit: boolean) =>
        LIST.recording.steps.findIndex(({ events }) =>
          events.some((event) => event.type === "notifier.start" && event.hit === hit),
        ) + 1;
      expectApart({
        needed: await shapeOf(page, at(stepWith(true)), ground),
        wasted: await shapeOf(page, at(stepWith(false)), ground),
        noCall: await shapeOf(page, at(1), ground),
      });
    });

    test("the key", async ({ page }) => {
      const key = page.getByRole("list", { name: "What the marks mean" });
      const sample = async (word: string) => {
        const box = await boxOf(key.getByRole("listitem").filter({ hasText: word }).locator("svg"));
        return shapeOf(page, box, { x: box.x - 1, y: box.y + 1 });
      };
      expectApart({
        needed: await sample("needed"),
        wasted: await sample("wasted"),
        notCalled: await sample("not called"),
      });
    });
  });
