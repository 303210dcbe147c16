// SPDX-License-Identifier: GPL-2.0-only
// Which two designs are compared, in which order, and one alone.
import type { Page } from "playwright/test";
import { button, choose, openLab, readout, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const pick = (page: Page, place: "Upper" | "Lower") =>
  page.getByRole("combobox", { name: `${place} design` });

async function order(page: Page): Promise<string[]> {
  const names = page.locator("main h2");
  return names.allTextContents();
}

test.beforeEach(({ page }) => openLab(page));

test("any two designs: each panel's name is the choice of what stands there", async ({ page }) => {
  await choose(page, "t-c1");
  await pick(page, "Upper").selectOption("v10");
  await expect(panel(page, "LIST")).toBeVisible();
  await pick(page, "Lower").selectOption("review-seed");
  expect(await order(page)).toEqual(["LIST", "XARRAY as posted"]);
  // The one that stands in the other place comes over from there.
  await pick(page, "Upper").selectOption("review-seed");
  await expect.poll(() => order(page)).toEqual(["XARRAY as posted", "LIST"]);
});

test("they are swapped by a button and by a key, and the step stays", async ({ page }) => {
  await button(page, "Move down: swap the designs").click();
  await expect.poll(() => order(page)).toEqual(["XARRAY", "LIST"]);
  expect(await timeOf(page)).toBe(18);
  await page.locator("h1").click();
  await page.keyboard.press("s");
  await expect.poll(() => order(page)).toEqual(["LIST", "XARRAY"]);
});

test("one alone has its guest under it and its bill beside it, has the clock to itself, and the other comes back", async ({
  page,
}) => {
  await button(page, "Show XARRAY alone").click();
  await expect(panel(page, "LIST")).toHaveCount(0);
  await expect(readout(page)).toHaveText("Step 14 / 14");
  const walk = await panel(page, "XARRAY").getByText("PML4").boundingBox();
  const bill = await page.getByText("calls so far").boundingBox();
  const foot = await page.getByTestId("timeline").boundingBox();
  for (const seen of [walk, bill]) expect(seen!.y + seen!.height).toBeLessThan(foot!.y);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overhang).toBeLessThanOrEqual(0);
  await page.keyboard.press("1");
  expect(await order(page)).toEqual(["LIST", "XARRAY"]);
  await page.keyboard.press("2");
  expect(await order(page)).toEqual(["LIST"]);
});
