// SPDX-License-Identifier: GPL-2.0-only
// A hole of one's own: typed, priced before it is run, and run.
import type { Page } from "playwright/test";
import { button, choose, openLab, readout, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const field = (page: Page) => page.getByRole("textbox", { name: /unch pages$/ });
const prices = (page: Page) => page.getByLabel("What it costs");

test.beforeEach(({ page }) => openLab(page));

test("the field says what is punched; its price follows every letter, and Enter runs it", async ({
  page,
}) => {
  await expect(field(page)).toHaveValue("18-21");
  await expect(prices(page)).toContainText("24 calls, 22 wasted; 38 steps");
  await expect(prices(page)).toContainText("2 calls, 0 wasted; 14 steps");
  await field(page).fill("14-33");
  await expect(prices(page)).toContainText(/XARRAY\s*10 calls, 0 wasted/);
  expect(await timeOf(page)).toBe(18);
  await field(page).press("Enter");
  await expect(page.getByText("PUNCH_HOLE pages 14–33")).toBeVisible();
  await expect(button(page, "Pause")).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("punch=f0:14-34");
  // What was there before is one step back.
  await page.goBack();
  await expect(field(page)).toHaveValue("18-21");
  await expect(page.getByText("PUNCH_HOLE pages 18–21")).toBeVisible();
});

test("what cannot be punched stays in the field, with the errno and what would be right", async ({
  page,
}) => {
  await field(page).fill("72K+15K");
  await expect(field(page)).toHaveValue("72K+15K");
  await expect(
    page.getByRole("form").getByText("-EINVAL: offset and length must be whole pages"),
  ).toBeVisible();
  await expect(button(page, "Punch")).toBeDisabled();
  await field(page).press("Enter");
  await expect(page.getByText("PUNCH_HOLE pages 18–21")).toBeVisible();
  await button(page, "Punch 18-21 instead").click();
  await expect(field(page)).toHaveValue("18-21");
  await field(page).fill("<img src=x onerror=alert(1)>");
  await expect(page.getByRole("form").getByText("Write it as 18-21")).toBeVisible();
  await field(page).press("Escape");
  await expect(field(page)).toHaveValue("18-21");
});

test("in a scenario of several operations it is one more after the last", async ({ page }) => {
  await choose(page, "t-c1");
  const before = await page.getByTestId("operation").textContent();
  const operations = Number(/\/ (\d+)/.exec(before ?? "")?.[1]);
  await field(page).fill("5-8");
  await field(page).press("Enter");
  await expect(page.getByTestId("operation")).toContainText(
    `Operation ${operations + 1} / ${operations + 1}`,
  );
});

test("beside several tasks it is one more, which begins when the others have ended", async ({ page }) => {
  await choose(page, "t-b1");
  await field(page).fill("256-319");
  await field(page).press("Enter");
  await expect(page.getByRole("list", { name: "The run of LIST" }).getByText(/P2/).first()).toBeAttached();
  await expect(readout(page)).toBeVisible();
});

test("beyond the end of the file it runs, and calls whom the design calls", async ({ page }) => {
  await field(page).fill("1000-1003");
  await expect(prices(page)).toContainText(/LIST\s*24 calls, 24 wasted/);
  await expect(prices(page)).toContainText(/XARRAY\s*no calls, 0 wasted/);
});
