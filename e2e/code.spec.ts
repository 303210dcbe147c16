// SPDX-License-Identifier: GPL-2.0-only
// The code pane: the source of the path that runs, found by the labels of its steps.
import { readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import { lastStepWith, playsOf } from "./support/engine.ts";
import { button, choose, openLab, readout, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const [LIST, XARRAY] = playsOf("t-a-12");
const OPENING = lastStepWith(LIST, ({ type }) => type === "notifier.start");

const pane = (page: Page, design: string) =>
  page.getByRole("region", { name: `Code of ${design}`, exact: true });
const marked = (page: Page, design: string) => pane(page, design).locator("[data-mark]");
const showAll = (page: Page, design: string) =>
  pane(page, design).getByRole("button", { name: /^Show all of/ });
const openPane = async (page: Page) => {
  await page.keyboard.press("c");
  await expect(marked(page, "LIST")).toBeVisible();
};

/** What the engine says: the label at which step `step` was taken, `out` calls further out. */
const labelOf = ({ recording }: typeof LIST, step: number, out = 0): string =>
  recording.steps[step - 1]?.at.at(-1 - out) ?? "none";

const sourceOf = (path: string) => readFileSync(new URL(`../src/engine/${path}`, import.meta.url), "utf8");

test("the source is fetched when the pane is opened, and not before", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("./", { waitUntil: "networkidle" });
  expect(asked.filter((url) => url.includes("CodePane"))).toEqual([]);
  const before = asked.length;

  await expect(button(page, "Code")).toHaveAttribute("aria-pressed", "false");
  await button(page, "Code").click();
  await expect(marked(page, "LIST")).toBeVisible();
  const scripts = asked.slice(before).filter((url) => url.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(0);

  await button(page, "Code").click();
  await expect(pane(page, "LIST")).toHaveCount(0);
  await openPane(page);
  expect(asked.filter((url) => url.endsWith(".js")).length).toBe(
    asked.slice(0, before).filter((url) => url.endsWith(".js")).length + scripts.length,
  );
});

test("the marked line is that of the step, in both designs, step after step", async ({ page }) => {
  await openLab(page);
  await page.keyboard.press("Home");
  await page.keyboard.press("c");
  await expect(pane(page, "LIST")).toHaveText("Nothing has run yet in this operation.");
  const source = sourceOf("kernel/restrictedmem/v10/invalidate.ts").split("\n");
  for (let step = 1; step <= 8; step++) {
    await page.keyboard.press("ArrowRight");
    await expect(marked(page, "LIST")).toContainText(`"${labelOf(LIST, step)}"`);
    await expect(marked(page, "XARRAY")).toContainText(`"${labelOf(XARRAY, step)}"`);
    if (step === 2) {
      const line = source.findIndex((text) => text.includes(`"${labelOf(LIST, step)}"`)) + 1;
      expect(line).toBeGreaterThan(1);
      await expect(marked(page, "LIST")).toHaveAttribute("data-line", String(line));
      await expect(
        pane(page, "LIST").getByText("restrictedmemInvalidateStart()", { exact: true }),
      ).toBeVisible();
    }
  }
});

test("a design that is done says that it waits, over its last line", async ({ page }) => {
  await openLab(page);
  await openPane(page);
  await expect(pane(page, "XARRAY")).toContainText("waits for the other design");
  await expect(marked(page, "XARRAY")).toHaveAttribute("data-mark", "returned");
  await expect(marked(page, "XARRAY")).toContainText(`"${labelOf(XARRAY, XARRAY.recording.steps.length)}"`);
});

test("each open call can be looked at, and the level is kept while stepping", async ({ page }) => {
  await openLab(page);
  await openPane(page);
  const calls = pane(page, "LIST")
    .getByRole("list", { name: "Open calls, innermost last" })
    .getByRole("button");
  await expect(calls).toHaveText(["perform.ts", "punchHole.ts", "invalidate.ts", "callbacks.ts"]);
  await expect(calls.last()).toHaveAttribute("aria-current", "true");
  await expect(marked(page, "LIST")).toHaveAttribute("data-mark", "innermost");

  const outer = pane(page, "LIST").getByRole("button", { name: "punchHole.ts restrictedmemPunchHole()" });
  await outer.click();
  await expect(outer).toHaveAttribute("aria-current", "true");
  await expect(marked(page, "LIST")).toHaveAttribute("data-mark", "open");
  await expect(marked(page, "LIST")).toContainText(`"${labelOf(LIST, OPENING, 2)}"`);

  await page.keyboard.press("ArrowLeft");
  await expect(readout(page)).toContainText(`Step ${OPENING - 1} `);
  await expect(marked(page, "LIST")).toHaveAttribute("data-mark", "open");
  await calls.last().click();
  await expect(marked(page, "LIST")).toContainText(`"${labelOf(LIST, OPENING - 1)}"`);
});

test("the task is named where there are several", async ({ page }) => {
  await openLab(page);
  await choose(page, "t-b1");
  await openPane(page);
  const [list] = playsOf("t-b1");
  const { task } = list.recording.steps[(await timeOf(page)) - 1] ?? { task: -1 };
  const name = [...list.scenario.tasks.keys()][task] ?? "none";
  await expect(pane(page, "LIST").getByText(name, { exact: true })).toBeVisible();
});

test("the whole file is shown on request, unaltered; the page under it keeps still; the focus comes back", async ({
  page,
}) => {
  await openLab(page);
  await openPane(page);
  await expect(showAll(page, "LIST")).toHaveAccessibleName("Show all of callbacks.ts, LIST");
  await showAll(page, "LIST").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "src/engine/kernel/kvm/callbacks.ts" });
  await expect(dialog.locator("[data-mark]")).toBeInViewport();
  const text = await dialog.locator("pre code").allTextContents();
  expect(text.join("")).toBe(sourceOf("kernel/kvm/callbacks.ts"));

  const time = await timeOf(page);
  for (const key of ["ArrowRight", "Home", "Space", "c"]) await page.keyboard.press(key);
  expect(await timeOf(page)).toBe(time);
  await expect(dialog).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(showAll(page, "LIST")).toBeFocused();
});

test("a source that cannot be fetched leaves the page standing, and Retry brings it", async ({
  page,
  complaints,
}) => {
  await openLab(page);
  let refuses = true;
  await page.route("**/CodePane*.js", (route) => (refuses ? route.abort() : route.continue()));
  await page.keyboard.press("c");
  await expect(pane(page, "LIST").getByRole("alert")).toContainText("The source could not be loaded");
  await page.keyboard.press("ArrowLeft");
  await expect(readout(page)).toContainText(`Step ${OPENING - 1} `);

  refuses = false;
  await pane(page, "LIST").getByRole("button", { name: "Retry" }).click();
  await expect(marked(page, "LIST")).toContainText(`"${labelOf(LIST, OPENING - 1)}"`);
  await expect(marked(page, "XARRAY")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(complaints.length).toBeGreaterThan(0); // the browser says that the request failed
  complaints.length = 0;
});

for (const [width, height, rows, row] of [
  [1440, 900, 5, 17],
  [820, 1180, 8, 18],
] as const)
  test(`at ${width} by ${height} ${rows} rows of code are shown, and the page grows no wider`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openLab(page);
    await openPane(page);
    const box = await pane(page, "LIST").locator("pre").boundingBox();
    expect(box?.height).toBe(row * rows);
    const overhang = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("main")].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    );
    expect(overhang).toEqual([0, 0]);

    const panel = await page.getByRole("region", { name: "LIST", exact: true }).boundingBox();
    if (box === null || panel === null) throw new Error("the panel or its code is not to be seen");
    if (width === 1440) {
      expect(box.x).toBeGreaterThan(panel.x + panel.width); // the rail
      for (const design of ["LIST", "XARRAY"]) {
        await expect(pane(page, design).locator("pre")).toBeInViewport({ ratio: 1 });
        await expect(page.getByRole("region", { name: design, exact: true })).toBeInViewport({ ratio: 1 });
      }
    } else expect(box.y).toBeGreaterThanOrEqual(panel.y + panel.height); // under the rows
  });
