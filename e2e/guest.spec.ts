// SPDX-License-Identifier: GPL-2.0-only
// A guest on the page: what is stale, zapped and brought back stands in its rows, and a gfn can be walked to.
import type { Page } from "playwright/test";
import { playsOf } from "./support/engine.ts";
import { choose, openLab, slider } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const list = (page: Page) => page.getByRole("region", { name: "LIST", exact: true });
const row = (page: Page, name: string) => list(page).getByRole("listbox", { name, exact: true });

/** The looks of what is drawn in a row. */
const looksIn = (page: Page, says: RegExp) =>
  list(page)
    .getByRole("img", { name: says })
    .evaluate((svg) => [...svg.children].map((mark) => mark.getAttribute("data-look") ?? ""));

/** The first step of LIST's run that tells such an event, or the nth. */
function stepOf(name: string, type: string, nth = 1): string {
  const { steps } = playsOf(name)[0].recording;
  let left = nth;
  return String(
    steps.findIndex(({ events }) => events.some((event) => event.type === type && --left < 1)) + 1,
  );
}

test("zapped, asked for, flushed, brought back, stale: each is there to be seen and to be read", async ({
  page,
}) => {
  await openLab(page);
  await choose(page, "t-l5");
  await page.keyboard.press("2");
  const [mapped, tlb, walk] = [/^The guest of vm0/, /^vCPU 0 of vm0: /, /^The walk of vm0/];
  await slider(page).fill(stepOf("t-l5", "tlb.requested"));
  await expect(list(page).getByText("IPI sent: 1 stale entry")).toBeVisible();
  await expect(list(page).getByText("1 SPTE zapped: present → 0x0")).toBeVisible();
  await expect(list(page).getByText("held off: gfn 0x5, in_progress 1")).toBeVisible();
  for (const says of [mapped, walk]) expect(await looksIn(page, says)).toContain("zapped");
  expect(await looksIn(page, tlb)).toContain("cachedStale");
  await slider(page).fill(stepOf("t-l5", "spte.installed", 2));
  for (const says of [mapped, walk]) {
    expect(await looksIn(page, says)).not.toContain("zapped");
    expect(await looksIn(page, says)).toContain("mapped");
  }
  await choose(page, "t-m1");
  await page.keyboard.press("2");
  await slider(page).fill(stepOf("t-m1", "spte.zapped"));
  await expect(list(page).getByText("2 MiB leaf zapped").first()).toBeVisible();
  expect(await looksIn(page, mapped)).toContain("zappedLeaf");
  await choose(page, "t-b4");
  await page.keyboard.press("2");
  await slider(page).fill(String(playsOf("t-b4")[0].recording.steps.length));
  await expect(list(page).getByText("STALE leaf of 4 KiB to pfn 5, which was freed")).toBeVisible();
  for (const says of [mapped, walk]) expect(await looksIn(page, says)).toContain("stale");
  expect(await looksIn(page, tlb)).toContain("cachedStale");
});

test("with the keys alone a gfn is picked and walked to; the link says so, and Escape returns", async ({
  page,
}) => {
  await openLab(page);
  await choose(page, "t-e1");
  await page.keyboard.press("2");
  await page.keyboard.press("End");
  await expect(list(page).getByText(/^vm0\/vcpu0 walk for gfn 0x14 /)).toBeVisible();
  // From row to row with Tab, within one with the arrows.
  await row(page, "Guest mappings of vm0").focus();
  await page.keyboard.press("Tab");
  await expect(row(page, "TLB of vCPU 0 of vm0")).toBeFocused();
  await expect(row(page, "TLB of vCPU 0 of vm0").getByRole("option")).toHaveText(/has cached gfn 0x14 /);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const walk = row(page, "Table walk of vm0");
  await expect(walk).toBeFocused();
  await expect(walk.getByRole("option")).toHaveText(/^Entry 0 of the PML4: 0x\w+, the PDPT below; /);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  const mapped = row(page, "Guest mappings of vm0");
  await expect(mapped).toBeFocused();
  for (let k = 0; k < 7; k++) await page.keyboard.press("ArrowRight");
  await expect(mapped.getByRole("option")).toHaveText(/^gfn 0x7: page 7 of f0 through slot 0; not mapped/);
  await page.keyboard.press("Enter");
  await expect(list(page).getByText(/^EPT walk for gfn 0x7 /)).toBeVisible();
  await expect(list(page).getByText("0x0, not present: the walk ends here")).toBeVisible();
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("pin=gfn:vm0/7");
  const { hash } = new URL(page.url());
  await page.keyboard.press("Escape");
  await expect(list(page).getByText(/^vm0\/vcpu0 walk for gfn 0x14 /)).toBeVisible();
  await page.goto("about:blank");
  await page.goto(`./${hash}`);
  await expect(list(page).getByText(/^EPT walk for gfn 0x7 /)).toBeVisible();
  await expect(list(page).locator("[data-fact]")).toHaveText(/^gfn 0x7: page 7 of f0 through slot 0; /);
});
