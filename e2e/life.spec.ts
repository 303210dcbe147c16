// SPDX-License-Identifier: GPL-2.0-only
// One page's life: opened, gone through and closed with the keys alone; named by a link; beside one design alone.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { button, choose, openLab, readout, timeOf } from "./support/lab.ts";
import { beyondTheEdges } from "./support/layout.ts";
import { expect, test } from "./support/test.ts";

const life = (page: Page, design: string, of: string) =>
  page.getByRole("region", { name: `Life of page ${of} under ${design}`, exact: true });

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(
    ({ id, help }) => `${id}: ${help}`,
  );

test("with the keys: L opens the most telling page, the arrows choose a moment, Enter shows it, Escape closes", async ({
  page,
}) => {
  await openLab(page);
  await choose(page, "t-b4");
  await page.keyboard.press("End");
  const pages = page
    .getByRole("region", { name: "LIST", exact: true })
    .getByRole("listbox", { name: "File pages" });
  await pages.focus();
  await page.keyboard.press("Escape"); // nothing is pointed at
  await page.keyboard.press("l");
  const upper = life(page, "LIST", "5 of f0");
  const list = upper.getByRole("listbox");
  await expect(list).toBeFocused();
  await expect(life(page, "XARRAY", "5 of f0")).toBeVisible();
  await expect(page.getByTestId("spoken")).toContainText("The life of page 5 of f0 is shown");
  await expect(upper.getByText("vm0 still maps it: gfn 5 reads what vm1 wrote")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  // The design with more to tell has more of the height; no row is cut; the count that is wrong stays in sight.
  await expect(upper.getByText("−1", { exact: true })).toBeInViewport({ ratio: 1 });
  const heights = await Promise.all(
    [upper, life(page, "XARRAY", "5 of f0")].map((own) =>
      own.getByRole("listbox").evaluate((element) => element.clientHeight),
    ),
  );
  expect(heights[0]).toBeGreaterThanOrEqual(6 * 20);
  expect(heights[0]).toBeGreaterThan(heights[1] ?? 0);
  for (const height of heights) expect(height % 20).toBe(0);
  for (const text of ["vm0's gfn 5 reads a freed page", "vm0's gfn 5 reads what vm1 wrote"])
    await expect(upper.getByText(text, { exact: true })).toBeInViewport({ ratio: 1 });

  const time = await timeOf(page);
  await page.keyboard.press("Home");
  for (let k = 0; k < 4; k++) await page.keyboard.press("ArrowDown");
  const active = await list.getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveText(/^16mapped by vm0 at gfn 5/);
  expect(await timeOf(page)).toBe(time);
  await page.keyboard.press("Enter");
  expect(await timeOf(page)).toBe(16);
  await expect(page.getByTestId("spoken")).toContainText("LIST: Step 16 of");
  await expect(upper.getByText("still maps it")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  expect(await timeOf(page)).toBe(17);
  await expect(list).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(upper).toHaveCount(0);
  await expect(pages).toBeFocused();
  await expect(page).not.toHaveURL(/pin=/);
});

test("a link opens it, beside one design alone and on a tablet too, and its button closes it", async ({
  page,
}) => {
  await page.goto("./#v1&scenario=t-m4&designs=v10,review&at=1.31&pin=page:f0/3");
  await expect(readout(page)).toBeVisible();
  const upper = life(page, "LIST", "3 of f0");
  await expect(upper).toBeInViewport();
  await page.keyboard.press("3");
  const alone = life(page, "XARRAY", "3 of f0");
  await expect(upper).toHaveCount(0);
  await expect(alone).toBeInViewport({ ratio: 1 });
  await expect(alone.getByText("vm0 still maps it: gfn 3 reads what vm1 wrote")).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 820, height: 1180 });
  await expect(alone).toBeInViewport({ ratio: 1 });
  expect(await violations(page)).toEqual([]);
  expect(await beyondTheEdges(page)).toEqual([]);
  await button(page, "Let go of the page").click();
  await expect(alone).toHaveCount(0);
});
