// SPDX-License-Identifier: GPL-2.0-only
// The page's first scenario, and every way to move through it.
import { lastStepWith, playsOf } from "./support/engine.ts";
import { button, choose, openLab, readout, slider, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

// A clock that the test turns does not go with a window that others have used.
test.use({ reuseContext: false });

const [LIST, XARRAY] = playsOf("t-a-12");
const STEPS = LIST.recording.steps.length;
const OPENING = lastStepWith(LIST, ({ type }) => type === "notifier.start");

test.beforeEach(({ page }) => openLab(page));

test("the page opens paused at the list's last start call, with the xarray done", async ({ page }) => {
  expect(XARRAY.recording.steps.length).toBeLessThan(OPENING);
  await expect(readout(page)).toHaveText(`Step ${OPENING} / ${STEPS}`);
  await expect(button(page, "Play")).toBeVisible();
  await expect(slider(page)).toHaveAttribute(
    "aria-valuetext",
    `Step ${OPENING} of ${STEPS}, P punches pages [18,22) of f0. LIST: 12 calls. XARRAY: 2 calls.`,
  );
});

test("the page never plays by itself", async ({ page }) => {
  await page.clock.install();
  await openLab(page);
  await page.clock.runFor(60_000);
  expect(await timeOf(page)).toBe(OPENING);
});

test("the whole demo runs from the keyboard", async ({ page }) => {
  await page.clock.install();
  await openLab(page);
  const press = (key: string) => page.keyboard.press(key);
  await press("Home");
  await expect(readout(page)).toHaveText(`Step 0 / ${STEPS}`);
  for (let k = 0; k < 5; k++) await press("ArrowRight");
  await press("ArrowLeft");
  expect(await timeOf(page)).toBe(4);
  await press("End");
  await expect(readout(page)).toHaveText(`Step ${STEPS} / ${STEPS}`);
  await press("Home");
  await press("Space");
  await expect(button(page, "Pause")).toBeVisible();
  await expect.poll(() => timeOf(page)).toBeGreaterThan(1);
  await press("Space");
  await expect(button(page, "Play")).toBeVisible();
  const paused = await timeOf(page);
  await page.clock.runFor(60_000);
  expect(await timeOf(page)).toBe(paused);
  await press("t");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("keys stay with the control that has the focus", async ({ page }) => {
  await page.getByLabel("Scenario").focus();
  await page.keyboard.press("Home");
  expect(await timeOf(page)).toBe(OPENING);
  await button(page, "Step back").focus();
  await page.keyboard.press("Space");
  expect(await timeOf(page)).toBe(OPENING - 1);
  await expect(button(page, "Play")).toBeVisible();
});

test("the mouse steps, jumps, plays to the end and scrubs", async ({ page }) => {
  await button(page, "First step").click();
  expect(await timeOf(page)).toBe(0);
  await expect(button(page, "Step back")).toBeDisabled();
  await button(page, "Step forward").click();
  await button(page, "Step forward").click();
  await button(page, "Step back").click();
  expect(await timeOf(page)).toBe(1);

  const box = await slider(page).boundingBox();
  if (box === null) throw new Error("the scrubber is not to be seen");
  const at = (share: number) => ({ x: box.width * share, y: box.height / 2 });
  await slider(page).click({ position: at(0.5) });
  expect(Math.abs((await timeOf(page)) - STEPS / 2)).toBeLessThanOrEqual(1);
  await slider(page).dragTo(slider(page), { sourcePosition: at(0.5), targetPosition: at(0.93) });
  expect(await timeOf(page)).toBeGreaterThan(STEPS * 0.85);

  await slider(page).fill(String(STEPS - 2));
  await button(page, "Play").click();
  await expect(readout(page)).toHaveText(`Step ${STEPS} / ${STEPS}`);
  await expect(button(page, "Play")).toBeVisible();
  await expect(button(page, "Last step")).toBeDisabled();
});

test("the theme is kept for the next visit", async ({ page }) => {
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await button(page, "Show the light theme").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.reload();
  await expect(button(page, "Show the dark theme")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

for (const [width, height] of [
  [1440, 900],
  [820, 1180],
] as const)
  for (const name of ["t-a-12", "q35-boot"])
    test(`${name} needs no horizontal scroll at ${width} by ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await choose(page, name);
      const overhang = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll("main")].map(
          (element) => element.scrollWidth - element.clientWidth,
        ),
      );
      expect(overhang).toEqual([0, 0]);
    });

test("on a window too low for all of it, the second design is reached by scrolling, and the transport stays", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  const hidden = await page.locator("main").evaluate((main) => main.scrollHeight - main.clientHeight);
  expect(hidden).toBeLessThan(2);
  const last = page.getByRole("region", { name: "XARRAY", exact: true });
  await last.evaluate((panel) => panel.scrollIntoView({ block: "nearest" }));
  const panel = await last.boundingBox();
  const transport = await slider(page).boundingBox();
  if (panel === null || transport === null) throw new Error("panel or transport is not to be seen");
  expect(panel.height).toBeGreaterThan(150);
  const timeline = await page.getByTestId("timeline").boundingBox();
  expect(timeline?.y ?? 0).toBeGreaterThanOrEqual(panel.y + panel.height - 1);
  expect(transport.y + transport.height).toBeLessThanOrEqual(768);
});
