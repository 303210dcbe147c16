// SPDX-License-Identifier: GPL-2.0-only
// axe finds nothing wrong, and nothing that it cannot decide is left undecided.
import { expectNothingWrong, expectNothingWrongInBothThemes } from "./support/axe.ts";
import { contrastsOf } from "./support/contrast.ts";
import { button, choose, openLab, slider, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const SIZES = [
  ["desktop", { width: 1440, height: 900 }],
  ["tablet", { width: 820, height: 1180 }],
] as const;

for (const [name, size] of SIZES) {
  test.describe(name, () => {
    test.use({ viewport: size });
    test.beforeEach(({ page }) => openLab(page));

    test("a recording with its overview, what was read of it, and the way in for one's own", async ({
      page,
    }) => {
      await choose(page, "q35-balloon");
      await expect(page.getByTestId("overview")).toBeVisible();
      await expectNothingWrongInBothThemes(page);
      await button(page, "what was read").click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectNothingWrong(page);
      await page.keyboard.press("Escape");
      await button(page, "Your VM").click();
      await expect(page.getByRole("button", { name: "Choose files" })).toBeVisible();
      await expectNothingWrong(page);
    });

    test("the twelve memslots, with the timeline, with the log, and with the code", async ({ page }) => {
      await expectNothingWrongInBothThemes(page);
      await button(page, "Log").click();
      await button(page, "Code").click();
      await expect(page.getByRole("region", { name: "Code of XARRAY" }).locator("pre")).toBeVisible();
      await button(page, "Code").blur();
      await expectNothingWrongInBothThemes(page);
    });

    test("findings: a lost end", async ({ page }) => {
      await choose(page, "t-b1");
      await expectNothingWrongInBothThemes(page);
    });

    test("several punches of one file", async ({ page }) => {
      await choose(page, "t-h");
      await expectNothingWrongInBothThemes(page);
    });

    test("4,096 memslots: at rest, in mid-playback, and paused in the middle", async ({ page }) => {
      await page.getByLabel("Scenario").selectOption("t-a-4096");
      await expect(slider(page)).toHaveAttribute("max", /^8\d{3}$/, { timeout: 20_000 });
      await expectNothingWrong(page);
      await slider(page).fill("400");
      await button(page, "Play").click();
      await expect.poll(() => timeOf(page)).toBeGreaterThan(450);
      await expectNothingWrong(page, true);
      await expect(button(page, "Pause")).toBeVisible(); // it was still playing
      await button(page, "Pause").click();
      await button(page, "Play").blur();
      await expectNothingWrongInBothThemes(page);
    });
  });
}

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
