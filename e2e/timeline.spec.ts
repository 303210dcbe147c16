// SPDX-License-Identifier: GPL-2.0-only
// The timeline: on the scrubber's line, seen without scrolling, and a place to press and drag.
import type { Locator } from "playwright/test";
import { BUILT_INS } from "../src/engine/index.ts";
import { playsOf } from "./support/engine.ts";
import { choose, openLab, slider, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const [LIST] = playsOf("t-a-12");
const STEPS = LIST.recording.steps.length;

test.beforeEach(async ({ page }) => {
  await openLab(page);
  await expect(page.getByTestId("timeline")).toBeVisible();
});

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not to be seen`);
  return box;
}

test("at 1440 by 900 all of every scenario is seen without scrolling", async ({ page }) => {
  test.setTimeout(300_000);
  for (const { name } of BUILT_INS) {
    await choose(page, name);
    // The rows and lanes of four vCPUs are too many for two designs: each is to be seen alone.
    if (name === "t-l5-4") await page.keyboard.press("3");
    // A recording has its overview there.
    const foot = name === "q35-balloon" ? "Recording" : "Timeline";
    await expect(page.getByRole("region", { name: foot })).toBeVisible();
    const main = await boxOf(page.locator("main"));
    const overhang = await page.locator("main").evaluate((own) => own.scrollHeight - own.clientHeight);
    expect(overhang, name).toBeLessThanOrEqual(0);
    // The ruler and what stands above both designs, the panels, their bills.
    const regions = await page.locator("main").getByRole("region").all();
    expect(regions.length, name).toBeGreaterThanOrEqual(name === "t-l5-4" ? 1 : 2);
    for (const row of [page.getByRole("img", { name: /^Pages / }), ...regions]) {
      const { y, height } = await boxOf(row);
      expect(y, name).toBeGreaterThanOrEqual(main.y);
      expect(y + height, name).toBeLessThanOrEqual(main.y + main.height);
    }
    for (const bill of await page.getByText(/so far, .* to go/).all()) {
      const { y, height } = await boxOf(bill);
      expect(y + height, name).toBeLessThanOrEqual(main.y + main.height);
    }
    for (const label of [foot, "Transport"]) {
      const { y, height } = await boxOf(page.getByRole("region", { name: label }));
      expect(y, name).toBeGreaterThanOrEqual(main.y + main.height);
      expect(y + height, name).toBeLessThanOrEqual(900);
    }
    if (name === "t-l5-4") await page.keyboard.press("1");
  }
});

for (const [width, height] of [
  [1440, 900],
  [820, 1180],
  [1920, 1080],
] as const)
  test(`one line runs through timeline and scrubber at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const time of [0, 7, STEPS]) {
      await slider(page).fill(String(time));
      const playhead = await boxOf(page.getByTestId("playhead"));
      const strip = await boxOf(page.getByTestId("timeline"));
      const thumbs = await boxOf(slider(page));
      const thumb = width < 1280 ? 22 : 18;
      const middle = thumbs.x + thumb / 2 + (time / STEPS) * (thumbs.width - thumb);
      expect(Math.abs(playhead.x + playhead.width / 2 - middle)).toBeLessThanOrEqual(1);
      expect(playhead.y).toBeLessThanOrEqual(strip.y);
      const end = playhead.y + playhead.height;
      expect(Math.abs(end - (thumbs.y + thumbs.height / 2))).toBeLessThanOrEqual(2);
    }
  });

test("a press goes to the step under it, a drag goes along, and the keys go on from there", async ({
  page,
}) => {
  const strip = page.getByTestId("timeline");
  const { x, y, width } = await boxOf(strip);
  const at = (time: number) => x + (time / STEPS) * width;
  await page.mouse.click(at(21), y + 30);
  expect(await timeOf(page)).toBe(21);
  await page.mouse.move(at(4), y + 100);
  await page.mouse.down();
  await page.mouse.move(at(9), y + 20, { steps: 4 });
  expect(await timeOf(page)).toBe(9);
  await page.mouse.move(at(STEPS) + 60, y + 300, { steps: 4 });
  expect(await timeOf(page)).toBe(STEPS);
  await page.mouse.up();
  await page.mouse.move(at(2), y + 20);
  expect(await timeOf(page)).toBe(STEPS);
  await page.keyboard.press("ArrowLeft");
  expect(await timeOf(page)).toBe(STEPS - 1);
});

test("stepping moves the playhead and the veil, and draws nothing else anew", async ({ page }) => {
  const strip = page.getByTestId("timeline");
  await page.keyboard.press("Home");
  await strip.evaluate((element) => {
    const changed: string[] = [];
    Object.assign(window, { changed });
    new MutationObserver((records) => {
      for (const { type, target } of records) changed.push(`${type} ${(target as Element).tagName}`);
    }).observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  for (let k = 0; k < 10; k++) await page.keyboard.press("ArrowRight");
  const changed = await page.evaluate(() => (window as unknown as { changed: string[] }).changed);
  expect(changed).toEqual(Array.from({ length: 20 }, () => "attributes DIV"));
});

test("t-b1: the gap, the finding and the stuck count are there to be read, in the list's lanes only", async ({
  page,
}) => {
  await choose(page, "t-b1");
  const strip = page.getByTestId("timeline");
  for (const words of [
    "lock dropped here: slots can come and go",
    "step 21: I3, I4",
    "stuck at 1, to the end",
  ])
    await expect(strip.getByText(words)).toHaveCount(1);
  const list = page.getByRole("list", { name: "The run of LIST" });
  await expect(list.getByText(/dropped between the two walks in steps 17–26/)).toHaveCount(1);
  const xarray = page.getByRole("list", { name: "The run of XARRAY" });
  await expect(xarray.getByText(/rm->lock held by P for reading in steps 2–23/)).toHaveCount(1);
});

test("the run of 8,206 steps is a few dozen elements", async ({ page }) => {
  await choose(page, "t-a-4096");
  const strip = page.getByTestId("timeline");
  await expect(strip.getByText("lock dropped here: slots can come and go")).toHaveCount(1);
  expect(await strip.locator("path, text").count()).toBeLessThan(60);
  const { x, y, width } = await boxOf(strip);
  await page.mouse.click(x + width / 2, y + 10);
  expect(Math.abs((await timeOf(page)) - 4103)).toBeLessThanOrEqual(5);
});
