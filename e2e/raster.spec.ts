// SPDX-License-Identifier: GPL-2.0-only
// A list of thousands: cells on a canvas in the colours of the theme, and a list box over them for hands and ears.
import type { Page } from "playwright/test";
import { choose, openLab } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

async function openMany(page: Page): Promise<void> {
  await openLab(page);
  await choose(page, "t-a-512");
  await expect(page.getByTestId("raster")).toBeVisible();
}

/** How many pixels of the raster have each of the colours that the theme gives to cells. */
const pixels = (page: Page) =>
  page.getByTestId("raster").evaluate((canvas: HTMLCanvasElement) => {
    const style = getComputedStyle(canvas);
    const sheet = Object.assign(document.createElement("canvas"), {
      width: canvas.width,
      height: canvas.height,
    });
    const pen = sheet.getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const counts: Record<string, number> = {};
    for (const name of ["ahead", "earlier", "wasted", "needed"]) {
      pen.fillStyle = style.getPropertyValue(`--cell-${name}`);
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
      let count = 0;
      for (let k = 0; k < data.length; k += 4)
        if (data[k] === r && data[k + 1] === g && data[k + 2] === b && data[k + 3] === 255) count++;
      counts[name] = count;
    }
    return counts;
  });

test("every cell has the colour of its state, also after a step back and in the other theme", async ({
  page,
}) => {
  await openMany(page);
  const called = await pixels(page);
  expect(called.needed).toBeGreaterThan(0);
  expect(called.wasted).toBe(511 * called.needed!);
  expect(called.ahead).toBe(0);
  await page.keyboard.press("ArrowLeft");
  // A cell that the walk has not come to is about half as high as one that it has.
  const ahead = async () => (await pixels(page)).ahead!;
  await expect.poll(ahead).toBeGreaterThan(0);
  const low = await ahead();
  expect(low / called.needed!).toBeGreaterThan(0.4);
  expect(low / called.needed!).toBeLessThan(0.6);
  await page.keyboard.press("t");
  await expect.poll(() => pixels(page)).toEqual({ ...called, ahead: low, wasted: 510 * called.needed! });
  await page.keyboard.press("Home");
  await expect.poll(ahead).toBe(512 * low);
});

test("the list box walks through the notifiers; each says what the engine has told it", async ({ page }) => {
  await openMany(page);
  const list = page.getByRole("listbox", { name: "Notifiers in list order" });
  await list.focus();
  const option = list.getByRole("option");
  await expect(option).toHaveCount(1);
  await expect(option).toHaveAttribute("aria-setsize", "512");
  await expect(option).toHaveAttribute("aria-posinset", "1");
  await expect(option).toContainText("Slot 511. ");
  await page.keyboard.press("End");
  await expect(option).toHaveAttribute("aria-posinset", "512");
  await expect(option).toContainText("invalidate_start() of slot 0");
  await page.keyboard.press("ArrowUp");
  await expect(option).toContainText("Slot 1. ");
  // The cell of the focused notifier has an outline; the step has not moved.
  await expect(page.locator("svg:has([data-look=ring]) > [data-look=lookup]")).toBeVisible();
  await expect(page.getByTestId("readout")).toContainText("518");
});
