// SPDX-License-Identifier: GPL-2.0-only
// The page as a person finds it: by its labels and words.
import { expect, type Page } from "playwright/test";

/** Opens the page and waits until its first scenario stands there. */
export async function openLab(page: Page): Promise<void> {
  await page.goto("./");
  await expect(readout(page)).toBeVisible();
}

/** Chooses a scenario and waits until it is shown. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByLabel("Scenario").selectOption(name);
  await expect(page.locator(`main[data-scenario="${name}"]`)).toBeVisible({ timeout: 60_000 });
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** What went wrong, or what is on its way; the same words are read out elsewhere. */
export const notice = (page: Page) => page.getByTestId("notice");
export const readout = (page: Page) => page.getByTestId("readout");
export const slider = (page: Page) => page.getByRole("slider", { name: "Step" });
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Steps on the shared clock, counted over all operations. */
export const timeOf = async (page: Page): Promise<number> => Number(await slider(page).inputValue());
