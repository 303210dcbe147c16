// SPDX-License-Identifier: GPL-2.0-only
// The page for those who enlarge it, space its letters out, choose its colours, touch it or print it.
import type { Locator, Page } from "playwright/test";
import { differ, shapeOf } from "./support/greyscale.ts";
import { button, choose, openLab, readout, slider, timeOf } from "./support/lab.ts";
import {
  beyondTheEdges,
  clippedWords,
  controls,
  coveredControls,
  overlapping,
  sidewaysScroll,
} from "./support/layout.ts";
import { expect, test } from "./support/test.ts";

const panelOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not to be seen`);
  return box;
}

const showCode = async (page: Page) => {
  await button(page, "Code").click();
  await expect(
    page
      .getByRole("region", { name: /^Code of/ })
      .last()
      .locator("pre"),
  ).toBeVisible();
  await button(page, "Code").blur();
};

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 800 } });

  for (const name of ["t-a-12", "t-b1", "q35-boot"])
    test(`${name}: controls and words need no scrolling across, only the picture does`, async ({ page }) => {
      test.slow();
      await openLab(page);
      await choose(page, name);
      await showCode(page);
      for (const view of ["timeline", "log"]) {
        expect(await sidewaysScroll(page), view).toBe(0);
        expect(await beyondTheEdges(page), view).toEqual([]);
        expect(await overlapping(page), view).toEqual([]);
        await page.keyboard.press("e");
      }
      expect(await coveredControls(page)).toEqual([]);

      const main = page.locator("main");
      const hidden = await main.evaluate((box) => {
        box.scrollLeft = 10_000;
        return box.scrollLeft;
      });
      expect(hidden).toBeGreaterThan(100); // there is a picture, and its right end can be reached
      expect(await beyondTheEdges(page)).toEqual([]);
    });

  test("the whole source in its dialog", async ({ page }) => {
    await openLab(page);
    await showCode(page);
    await page
      .getByRole("button", { name: /^Show all of/ })
      .first()
      .click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await sidewaysScroll(page)).toBe(0);
    const dialog = await boxOf(page.getByRole("dialog"));
    expect(dialog.x).toBeGreaterThanOrEqual(0);
    expect(dialog.x + dialog.width).toBeLessThanOrEqual(320);
    await expect(page.getByRole("dialog").getByRole("button")).toBeInViewport({ ratio: 1 });
  });
});

for (const [width, height] of [
  [720, 450],
  [640, 512],
  [320, 256],
] as const)
  test(`enlarged until the window has ${width} by ${height} pixels, all of it can be reached and used`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openLab(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await beyondTheEdges(page)).toEqual([]);
    expect(await coveredControls(page)).toEqual([]);
    const before = await timeOf(page);
    await button(page, "Step forward").click();
    expect(await timeOf(page)).toBe(before + 1);
    for (const name of ["LIST", "XARRAY"]) {
      const caption = panelOf(page, name).getByRole("heading");
      await caption.scrollIntoViewIfNeeded();
      await expect(caption).toBeInViewport({ ratio: 1 });
    }
  });

/** What hides words on purpose, and where they can be read whole. */
const SHORTENED: readonly { where: RegExp; why: string }[] = [
  { where: /^Code of /, why: "an excerpt of so many rows; Show all opens the whole file" },
  { where: /: select /, why: "the browser's own box; its list shows each name whole" },
  {
    where: /^Timeline: (p|section) /,
    why: "lanes are as high as their marks; the run is told in sentences, too",
  },
  { where: /^Event log: /, why: "a window on thousands of rows, which scrolls" },
  {
    where: /^page: (main|div|section) /,
    why: "a box that holds the page's parts, and scrolls the other way",
  },
];

for (const [width, height] of [
  [1440, 900],
  [820, 1180],
  [320, 800],
] as const)
  test(`with letters, words and lines spaced out nothing is cut off at ${width} by ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openLab(page);
    await choose(page, "t-b1");
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      // The least that WCAG 1.4.12 wants a page to bear.
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
          "p { margin-bottom: 2em !important }",
      );
      document.adoptedStyleSheets = [sheet];
    });
    const clipped = await clippedWords(page);
    expect(clipped.filter((box) => !SHORTENED.some(({ where }) => where.test(box)))).toEqual([]);
    // A pixel may come of rounding so many spaced letters.
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(1);
    expect(await beyondTheEdges(page)).toEqual([]);
    expect(await overlapping(page)).toEqual([]);
    expect(await coveredControls(page)).toEqual([]);
  });

test("on the tablet every control is at least 44 pixels wide and high", async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await openLab(page);
  await choose(page, "q35-boot");
  await showCode(page);
  const all = await controls(page);
  expect(all.length).toBeGreaterThan(10);
  const small = all
    .map(({ what, left, right, top, bottom }) => ({ what, width: right - left, height: bottom - top }))
    .filter(({ width, height }) => Math.min(width, height) < 43.9);
  expect(small).toEqual([]);
});

for (const palette of ["dark", "light"] as const)
  test(`in the viewer's own colours, ${palette}: marks, band, playhead, focus and pressed buttons are told apart`, async ({
    page,
  }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme: palette });
    await openLab(page);
    await slider(page).fill("12");
    const list = panelOf(page, "LIST");
    const { x, y } = await boxOf(list);
    const ground = { x: x + 8, y: y + 3 };
    const mark = async (name: string) => {
      const box = await boxOf(
        list.getByRole("img", { name: /notifiers in list order/ }).getByText(name, { exact: true }),
      );
      const around = { x: box.x + box.width / 2 - 11, y: box.y + box.height / 2 - 11, width: 22, height: 22 };
      return shapeOf(page, around, ground, "any hue");
    };
    const [needed, wasted, notCalled] = [await mark("3"), await mark("1"), await mark("9")];
    expect(differ(needed, wasted)).toBe(true);
    expect(differ(wasted, notCalled)).toBe(true);
    expect(differ(needed, notCalled)).toBe(true);

    const colours = (locator: Locator) =>
      locator.evaluate((element) => {
        const { backgroundColor, color, outlineColor, outlineStyle } = getComputedStyle(element);
        return { backgroundColor, color, outlineColor, outlineStyle };
      });
    const page1 = await colours(page.locator("body"));
    await page.keyboard.press("c");
    await expect(button(page, "Code")).toHaveAttribute("aria-pressed", "true");
    const pressed = await colours(page.getByRole("button", { pressed: true }).first());
    const free = await colours(page.getByRole("button", { pressed: false }).first());
    expect(pressed.backgroundColor).not.toBe(free.backgroundColor);
    await button(page, "Play").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    const focused = await colours(page.locator(":focus-visible"));
    expect(focused.outlineStyle).toBe("solid");
    expect(focused.outlineColor).not.toBe(page1.backgroundColor);

    const playhead = await boxOf(page.getByTestId("playhead"));
    const line = await shapeOf(
      page,
      { x: playhead.x - 5, y: playhead.y + 4, width: 12, height: 4 },
      { x: playhead.x - 9, y: playhead.y + 4 },
      "any hue",
    );
    expect(line.ink).toBeGreaterThan(0.1);
    const band = await boxOf(
      list.getByRole("img", { name: /notifiers in list order/ }).locator('[data-look="band"]'),
    );
    const edge = await shapeOf(
      page,
      { x: band.x - 4, y: band.y + 1, width: 8, height: 2 },
      ground,
      "any hue",
    );
    expect(edge.ink).toBeGreaterThan(0.1);
  });

test.describe("on paper", () => {
  for (const name of ["t-a-12", "t-b1", "t-a-4096"])
    test(`${name}: the whole frame on one light sheet, and nothing to press`, async ({ page }) => {
      test.slow();
      await openLab(page);
      await choose(page, name);
      const step = await readout(page).textContent();
      await page.emulateMedia({ media: "print" });
      const inSight = [
        page.getByRole("heading", { name: "Restricted Memory Lab" }),
        page.getByLabel("Scenario"),
        panelOf(page, "LIST"),
        panelOf(page, "XARRAY"),
        page.getByRole("region", { name: "Timeline" }),
        page.getByText(/calls? so far/).first(),
        page.getByText(/calls? so far/).last(),
        page.getByRole("region", { name: "Findings", exact: true }),
        page.getByText(/^page offset$/).first(),
        readout(page),
      ];
      for (const part of inSight) {
        await expect(part).toBeVisible();
        const box = await boxOf(part);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(1440);
        expect(box.y + box.height).toBeLessThanOrEqual(1013); // the sheet of theme/base.css, less its margins
      }
      expect(await readout(page).textContent()).toBe(step);
      for (const control of ["Play", "Step forward", "Timeline"])
        await expect(button(page, control)).toBeHidden();
      expect(await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(
        "rgb(250, 250, 248)",
      );
      const clipped = await clippedWords(page);
      expect(clipped.filter((box) => !SHORTENED.some(({ where }) => where.test(box)))).toEqual([]);

      await page.emulateMedia({ media: null });
      const sheets = (await page.pdf({ format: "A4", landscape: true })).toString("latin1");
      expect(sheets.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    });

  test("a narrow window prints the same sheet", async ({ page }) => {
    await page.setViewportSize({ width: 400, height: 700 });
    await openLab(page);
    const sheets = (await page.pdf({ format: "Letter", landscape: true })).toString("latin1");
    expect(sheets.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await expect(button(page, "Play")).toBeVisible(); // and is as before afterwards
  });
});
