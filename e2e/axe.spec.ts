// SPDX-License-Identifier: GPL-2.0-only
// axe finds nothing wrong, and nothing that it cannot decide is left undecided.
import type { Page } from "playwright/test";
import { expectNothingWrong } from "./support/axe.ts";
import { contrastsOf } from "./support/contrast.ts";
import { lastStepWith, playsOf } from "./support/engine.ts";
import { button, choose, openLab, slider, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
];

/** Does `look` on the desktop and on the tablet, on one page: to load it anew would take longer than to look at it. */
async function inBothSizes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    // What is laid out by its size is drawn in the frame after.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await test.step(`${size.width} by ${size.height}`, look);
  }
  await page.setViewportSize(SIZES[0]!);
}

const expectNothingWrongInBothThemes = (page: Page) =>
  inBothSizes(page, async () => {
    for (const theme of ["dark", "light"]) {
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await expectNothingWrong(page);
      await page.keyboard.press("t");
    }
  });

test("a recording with its overview, what was read of it, and the way in for one's own", async ({ page }) => {
  await openLab(page);
  await choose(page, "q35-balloon");
  await expect(page.getByTestId("overview")).toBeVisible();
  await expectNothingWrongInBothThemes(page);
  await button(page, "what was read").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await inBothSizes(page, () => expectNothingWrong(page));
  await page.keyboard.press("Escape");
  await button(page, "Your VM").click();
  await expect(page.getByRole("button", { name: "Choose files" })).toBeVisible();
  await inBothSizes(page, () => expectNothingWrong(page));
});

test("the twelve memslots, with the timeline, with the log, and with the code", async ({ page }) => {
  await openLab(page);
  await expectNothingWrongInBothThemes(page);
  await button(page, "Log").click();
  await button(page, "Code").click();
  await expect(page.getByRole("region", { name: "Code of XARRAY" }).locator("pre")).toBeVisible();
  await button(page, "Code").blur();
  await expectNothingWrongInBothThemes(page);
});

test("findings: a lost end; and several punches of one file", async ({ page }) => {
  await openLab(page);
  for (const name of ["t-b1", "t-h"]) {
    await choose(page, name);
    await page.getByLabel("Scenario").blur(); // a list that has the focus keeps the keys
    await expectNothingWrongInBothThemes(page);
  }
});

test("a guest whose tables a design shows alone: while a flush is asked for, a gfn pinned", async ({
  page,
}) => {
  await openLab(page);
  await choose(page, "t-l5");
  await page.keyboard.press("2");
  const asked = lastStepWith(playsOf("t-l5")[0], ({ type }) => type === "tlb.requested");
  await slider(page).fill(String(asked));
  await page.getByRole("listbox", { name: "Guest memory of vm0" }).click({ position: { x: 6, y: 39 } });
  await expect(page.getByText("Esc: back to the latest walk")).toBeVisible();
  await expect(page.getByText("IPI sent: 1 stale entry")).toBeVisible();
  await page.mouse.move(2, 2);
  await expectNothingWrongInBothThemes(page);
});

test("4,096 memslots: at rest, in mid-playback, and paused in the middle", async ({ page }) => {
  await openLab(page);
  await page.getByLabel("Scenario").selectOption("t-a-4096");
  await expect(slider(page)).toHaveAttribute("max", /^8\d{3}$/, { timeout: 20_000 });
  await inBothSizes(page, () => expectNothingWrong(page));
  await inBothSizes(page, async () => {
    await slider(page).fill("400");
    await button(page, "Play").click();
    await expect.poll(() => timeOf(page)).toBeGreaterThan(450);
    await expectNothingWrong(page, true);
    await expect(button(page, "Pause")).toBeVisible(); // it was still playing
    await button(page, "Pause").click();
  });
  await button(page, "Play").blur();
  await expectNothingWrongInBothThemes(page);
});

test("a word that cannot be read on its ground is found, in a picture too", async ({ page }) => {
  await openLab(page);
  const words = page.locator("main svg text", { hasText: /^slot 1$/ });
  const [good] = await contrastsOf(page, ["h1"]);
  expect(good?.ratio).toBeGreaterThan(15);
  await words.first().evaluate((word) => {
    word.setAttribute("id", "faint");
    (word as SVGElement).style.fill = "var(--line-strong)";
  });
  const [faint] = await contrastsOf(page, ["#faint"]);
  expect(faint?.ratio).toBeLessThan(2);
});
