// SPDX-License-Identifier: GPL-2.0-only
// The fan-out view: the engine's figures, read by keyboard, steered, listed, saved, and opened in the lab.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { formulaRows, punchCost, treeOf, type VariantId } from "../src/engine/index.ts";
import { nsText } from "../src/ui/text/fanout/amounts.ts";
import { expectNothingWrong } from "./support/axe.ts";
import { button } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const WANTED = { slotPages: 512, alignment: "aligned", holes: [{ pages: 1 }], vms: 1 } as const;

function costOf(variant: VariantId, slots: number): number {
  const [row] = formulaRows(variant, WANTED, slots);
  if (row === undefined) throw new Error("no row");
  const { bound, counts } = row;
  return punchCost({ variant, bound, counts, tree: treeOf(WANTED) }, { basis: "warm", vcpus: 1, set: {} }).ns;
}

const handle = (page: Page) => page.getByRole("slider", { name: "Memslots" });
const isCounted = (page: Page) =>
  expect(page.getByText(/^All \d+ points were counted by stepping the engine/)).toBeVisible({
    timeout: 120_000,
  });

async function openFanout(page: Page, more = ""): Promise<void> {
  await page.goto(`./#v1&view=fanout${more}`);
  await expect(handle(page)).toBeVisible();
}

test("a link shows the view at once, and keys read the engine's figures anywhere on the chart", async ({
  page,
}) => {
  await openFanout(page);
  // Nothing of the lab is there, and its keys move nothing.
  await expect(page.getByRole("slider", { name: "Step" })).toHaveCount(0);
  const at = (slots: number) =>
    new RegExp(
      `^${slots.toLocaleString("en-GB")} memslots?: LIST ${nsText(costOf("v10", slots))}, XARRAY ${nsText(costOf("review", slots))},`,
    );
  await expect(handle(page)).toHaveAttribute("aria-valuetext", at(4096));
  await handle(page).press("ArrowLeft");
  await expect(handle(page)).toHaveAttribute("aria-valuetext", at(3072));
  await handle(page).press("Home");
  await expect(handle(page)).toHaveAttribute("aria-valuetext", at(1));
  await handle(page).press("End");
  await expect(handle(page)).toHaveAttribute("aria-valuetext", at(32_764));
  await expect(page.getByTestId("fanout-read")).toHaveText(at(32_764));
  // A press on the chart reads there.
  const box = await handle(page).boundingBox();
  if (box === null) throw new Error("the handle is not to be seen");
  await page.mouse.click(box.x - 300, box.y + 60);
  const read = Number(await handle(page).getAttribute("aria-valuenow"));
  expect(read).toBeLessThan(32_764);
  await expect(handle(page)).toHaveAttribute("aria-valuetext", at(read));
  await expect.poll(() => page.evaluate(() => location.hash)).toContain(`read=${read}`);
  // The lab is one tab away, and Back leads here again.
  await button(page, "Lab").click();
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
  expect(await page.evaluate(() => location.hash)).not.toContain("fanout");
  await page.goBack();
  await expect(handle(page)).toHaveAttribute("aria-valuenow", String(read));
});

test("settings move the chart at once and stand in the link; counting goes on in a worker and can be cancelled", async ({
  page,
}) => {
  await openFanout(page);
  const list = page.locator('[data-design="v10"]');
  await expect(list).toContainText("41 µs");
  await page.getByRole("slider", { name: "Hole" }).press("End");
  await expect(page.getByText("every memslot", { exact: true })).toBeVisible();
  await expect(page.getByText(/wherever this chart looks/)).toBeVisible();
  await button(page, "Cancel").click();
  await expect(page.getByText(/^Stopped: not all is counted/)).toBeVisible();
  await button(page, "Few memslots").click();
  await expect(handle(page)).toHaveAttribute("aria-valuenow", "4");
  await isCounted(page);
  await page.getByRole("radio", { name: "cold caches" }).check();
  await expect(page.getByText(/From 50 memslots on/)).toBeVisible();
  await page.getByRole("radio", { name: "assumed" }).check();
  await expect(page.getByText(/From 74 memslots on/)).toBeVisible();
  // A price that is set holds in the chart and in the link, until it is reset.
  const node = page.getByLabel("a list node that is in no cache");
  await node.fill("5");
  await node.press("Enter");
  await expect(page.getByText(/From 350 memslots on/)).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => location.hash))
    .toMatch(/read=4&walks=assumed&prices=listNode:5$/);
  await page.reload();
  await expect(page.getByText(/From 350 memslots on/)).toBeVisible();
  await button(page, "Reset all prices").click();
  await expect(page.getByText(/From 74 memslots on/)).toBeVisible();
});

test("the table sorts, and the files hold what it holds", async ({ page }) => {
  await openFanout(page);
  await isCounted(page);
  const chart = page.getByRole("region", { name: "Chart", exact: true });
  await chart.getByRole("button", { name: "As a table" }).click();
  const table = chart.getByRole("table", { name: "All points of the chart" });
  await table.getByRole("button", { name: "bytes" }).click();
  await table.getByRole("button", { name: "bytes" }).click();
  await expect(table.getByRole("columnheader", { name: "bytes" })).toHaveAttribute("aria-sort", "descending");
  const cells = await table.getByRole("row").nth(1).locator("th,td").allTextContents();
  expect(cells.slice(0, 5)).toEqual(["XARRAY as posted", "32,764", "16,382", "16,382", "stepped"]);
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      chart.getByRole("button", { name }).click(),
    ]);
    return readFile(await download.path());
  };
  const lines = (await saved("CSV")).toString("utf8").trim().split("\n");
  expect(lines).toHaveLength(1 + (await table.getByRole("row").count()) - 1);
  const posted = lines.find((line) => line.startsWith("review-seed,32764,"))?.split(",") ?? [];
  const bytes = posted[lines[0]?.split(",").indexOf("bytes") ?? -1];
  expect(Number(bytes).toLocaleString("en-GB")).toBe(cells[8]);
  expect((await saved("SVG")).toString("utf8")).toContain(">XARRAY as posted</text>");
  expect((await saved("PNG")).subarray(1, 4).toString("latin1")).toBe("PNG");
  // The walks of this page's own code.
  await button(page, "Time the walks here").click();
  await expect(
    page.getByText(/This computer, this page's own code: one walk over 4,096 memslots/),
  ).toBeVisible({ timeout: 60_000 });
});

test("a recording has its bill, also over more memslots; typed memslots too; a point opens in the lab", async ({
  page,
}) => {
  await openFanout(page);
  const vm = page.getByRole("region", { name: "Your VM, its bill" });
  await vm.getByRole("button", { name: "A recorded balloon" }).click();
  await expect(vm.getByRole("img", { name: /8 memslots .* 8,632 punches/ })).toBeVisible({ timeout: 60_000 });
  await vm.getByRole("button", { name: "As a table" }).click();
  const row = (layout: string, design: string) =>
    vm
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: layout, exact: true }) })
      .filter({ hasText: new RegExp(`${design}\\d`) });
  await expect(row("4,096", "LIST")).toContainText("4,096");
  await expect(row("32,764", "XARRAY")).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("scenario=q35-balloon");
  await vm.getByLabel("Memslots by their pages").fill("512 x 1000000");
  await button(page, "Use these").click();
  await expect(vm.getByRole("alert")).toContainText("cannot be read");
  await vm.getByLabel("Memslots by their pages").fill("512 x 600, 4096");
  await button(page, "Use these").click();
  await expect(vm.getByRole("img", { name: /^601 memslots .* 601 punches/ })).toBeVisible({
    timeout: 60_000,
  });
  // The list is in the link: who opens that is asked for nothing, and finds the table open that was.
  await expect
    .poll(() => page.evaluate(() => location.hash))
    .toMatch(/scenario=memslots_512x600_4096&.*tables=vm/);
  await page.reload();
  await expect(vm.getByRole("img", { name: /^601 memslots .* 601 punches/ })).toBeVisible({
    timeout: 60_000,
  });
  await expect(vm.getByRole("table")).toBeVisible();
  await button(page, "Few memslots").click();
  await button(page, "Open this point in the lab").click();
  // Its link needs nothing else.
  await expect(page.locator('main[data-scenario="point_4_512_aligned_1_1"]')).toBeVisible({
    timeout: 60_000,
  });
  await page.reload();
  await expect(page.locator('main[data-scenario="point_4_512_aligned_1_1"]')).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByLabel("Scenario").locator("option:checked")).toHaveText("One punch over 4 memslots");
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
});

test("axe finds nothing wrong, in both themes, on a tablet and at 320 pixels, and nothing is cut off there", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openFanout(page, "&scenario=q35-balloon");
  await isCounted(page);
  await expect(page.getByRole("img", { name: /^Bills: / })).toBeVisible({ timeout: 60_000 });
  await button(page, "As a table").first().click();
  for (const theme of ["dark", "light"]) {
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await expectNothingWrong(page);
    await page.keyboard.press("t");
  }
  for (const [width, height] of [
    [820, 1180],
    [320, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectNothingWrong(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${width}`).toBeLessThanOrEqual(0);
    const small = await page
      .locator("main *")
      .evaluateAll(
        (all) =>
          all.filter(
            (one) =>
              one.childNodes[0]?.nodeType === 3 && Number.parseFloat(getComputedStyle(one).fontSize) < 12,
          ).length,
      );
    expect(small).toBe(0);
    // Where fingers are expected a control is as large as one, or lies on a ground that is.
    const sizes = await page
      .locator("main :is(button, input:not([type=radio], [type=checkbox]), [role=slider])")
      .evaluateAll((all) => all.map((one) => [one.textContent, one.getBoundingClientRect().height] as const));
    expect(sizes.filter(([, high]) => high < 44)).toEqual([]);
  }
});
