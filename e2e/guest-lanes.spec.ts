// SPDX-License-Identifier: GPL-2.0-only
// What is seen of guests that run: the lane of a vCPU, and what holds its faults off.
import { choose, openLab, readout, slider } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

test("a kick has its lane, and a count below zero a frame, a bracket and a word, in every view", async ({
  page,
}) => {
  await openLab(page);
  const strip = page.getByTestId("timeline");

  await choose(page, "t-l5");
  for (const look of ["kick", "flushedIn", "mayUseStale"])
    await expect(strip.locator(`path[data-look=${look}]`), look).toHaveCount(2);
  await expect(strip.getByText("stale until it exits")).toHaveCount(2);
  const list = page.getByRole("list", { name: "The run of LIST" });
  await expect(list.getByText(/vm0\/vcpu0 is in the guest .*is kicked out to flush in step 18/)).toHaveCount(
    1,
  );
  // The mark of the kick is the event of the step, in the lane as well.
  const { x, y, width } = (await strip.boundingBox())!;
  await page.mouse.click(x + (18 / 45) * width, y + 4);
  await expect(readout(page)).toContainText("Step 18");

  await choose(page, "t-b4");
  await slider(page).fill("32");
  const wrong = page.locator("[data-wrong=true]");
  await expect(wrong).toHaveCount(1);
  await expect(wrong).toContainText("in_progress −1");
  await expect(wrong).toContainText("below zero");
  await expect(wrong.locator("[data-bracket=lone]")).toHaveCount(1);
  const instruments = page.getByRole("list", { name: "What holds faults off" }).first();
  await expect(instruments.getByRole("listitem").first()).toContainText("An end came without its start.");
  for (const key of ["2", "1"]) {
    await page.keyboard.press(key);
    await expect(wrong).toHaveCount(1);
    await expect(wrong).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press("Home");
  await expect(wrong).toHaveCount(0);
});
