// SPDX-License-Identifier: GPL-2.0-only
// Words that say what they mean: in captions by pointer and by keys, in the names of rows and figures, in the help.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { GLOSSARY } from "../src/ui/text/glossary.ts";
import { button, choose, openLab, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const design = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const meaning = (page: Page) => page.locator("[data-means]");

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(
    ({ id, help }) => `${id}: ${help}`,
  );

/** Where everything in the panel of LIST stands. */
const layout = (page: Page) =>
  design(page, "LIST").evaluate((panel) =>
    [...panel.querySelectorAll("header, header > *, svg")].map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join();
    }),
  );

test("a caption's terms say what they mean, by keys and by pointer, and nothing moves", async ({ page }) => {
  await openLab(page);
  await choose(page, "t-e1");
  await page.keyboard.press("Home");
  for (let k = 0; k < 5; k++) await page.keyboard.press("ArrowRight");
  const words = design(page, "LIST").locator("dfn");
  await expect(words).toHaveText(["zaps", "gfns", "SPTE"]);
  await expect(design(page, "LIST").locator('dfn[tabindex="0"]')).toHaveCount(1);
  // The guest's rows are fetched with the first guest.
  await expect(design(page, "LIST").getByText("vCPU 0", { exact: true })).toBeVisible();
  const before = await layout(page);

  await words.first().focus();
  await expect(meaning(page)).toHaveText(/^zap: makes an SPTE non-present/);
  await page.keyboard.press("ArrowLeft");
  await expect(words.last()).toBeFocused();
  await expect(meaning(page)).toHaveText(/^SPTE: entry of KVM's tables/);
  await expect(page.getByTestId("spoken")).toHaveText(/^SPTE: entry of KVM's tables/);
  expect(await layout(page)).toEqual(before);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(meaning(page)).toHaveCount(0);
  await expect(words.last()).toBeFocused();
  expect(await timeOf(page)).toBe(5);
  await page.keyboard.press("Home");
  await expect(meaning(page)).toHaveText(/^zap: /);
  await page.keyboard.press("n"); // a key of the page's: the next step has its own words
  await expect(meaning(page)).toHaveCount(0);

  await page.mouse.move(2, 2);
  await words.first().hover();
  await expect(meaning(page)).toHaveCount(1);
  expect(await layout(page)).toEqual(before);
  await page.mouse.move(2, 2);
  await expect(meaning(page)).toHaveCount(0);
});

test("who only looks at the page sees which words say what they mean", async ({ page }) => {
  await page.goto("./#v1&scenario=t-e1&at=1.5");
  await expect(design(page, "LIST").locator("dfn")).toHaveText(["zaps", "gfns", "SPTE"]);
});

test("names of rows and figures say it too, the help has all words, and each fits its line at both sizes", async ({
  page,
}) => {
  await openLab(page);
  await choose(page, "t-b4");
  await page.keyboard.press("End");
  // Rows and lanes that are fetched with the first guest move what is below them, away from under the pointer.
  await expect(async () => {
    await page.mouse.move(2, 2);
    await design(page, "XARRAY").getByText("vCPU 0", { exact: true }).hover();
    await expect(design(page, "XARRAY").locator("[data-means=vCPU]")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(design(page, "LIST").locator("[data-means]")).toHaveCount(0);
  await page.getByText("SPTEs zapped", { exact: true }).first().hover();
  await expect(design(page, "LIST").locator("[data-means=SPTE]")).toBeVisible();

  for (const size of [
    { width: 1440, height: 900 },
    { width: 820, height: 1180 },
  ]) {
    await page.setViewportSize(size);
    await page.mouse.move(2, 2);
    await design(page, "LIST").getByText("memslots", { exact: true }).hover();
    const line = design(page, "LIST").locator("[data-means=memslot]");
    const tooLong = await line.evaluate((element, terms) => {
      const shown = element.innerHTML;
      const long = terms.filter(({ name, says }) => {
        element.innerHTML = `<b>${name}</b>: ${says}.`;
        return element.scrollHeight > element.clientHeight + 1;
      });
      element.innerHTML = shown;
      return long.map(({ name }) => name);
    }, GLOSSARY);
    expect(tooLong).toEqual([]);
  }

  await page.mouse.move(2, 2);
  await button(page, "Keys, marks and words").click();
  const list = page.getByTestId("words");
  await expect(list.locator("dt")).toHaveText(GLOSSARY.map(({ name }) => name));
  await list.scrollIntoViewIfNeeded();
  expect(await violations(page)).toEqual([]);
});
