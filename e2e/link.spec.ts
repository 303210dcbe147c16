// SPDX-License-Identifier: GPL-2.0-only
// The address bar is the frame: a link opened elsewhere shows the same picture, and a damaged one says so.
import fc from "fast-check";
import type { Page } from "playwright/test";
import { button, choose, notice, openLab, readout, slider, timeOf } from "./support/lab.ts";
import { sceneOf } from "./support/scene.ts";
import { expect, test } from "./support/test.ts";

const hashOf = (page: Page) => page.evaluate(() => location.hash);

/** The address once it has caught up with what is shown. */
async function settledHash(page: Page, part: string | RegExp): Promise<string> {
  await expect.poll(() => hashOf(page)).toMatch(part);
  return hashOf(page);
}

const atRest = (page: Page) =>
  expect(page.getByTestId("hash-v10").or(page.getByTestId("hash-review")).first()).not.toHaveText("…");

test("a link opened elsewhere shows the same picture: scene, step, zoom, theme, panes", async ({
  page,
  browser,
}) => {
  await openLab(page);
  await choose(page, "t-a-4096");
  await page.keyboard.press("+");
  await page.keyboard.press("t");
  await page.keyboard.press("c");
  await slider(page).fill("1234");
  await atRest(page);
  const hash = await settledHash(page, /at=1\.1234&zoom=1.*theme=light&code=1/);
  const there = await browser.newPage({ colorScheme: "dark", viewport: { width: 1440, height: 900 } });
  await there.goto(page.url().replace(/#.*/, hash));
  await expect(readout(there)).toContainText("1,234", { timeout: 20_000 });
  await atRest(there);
  await expect(there.getByText(/Loading the/)).toHaveCount(0);
  await expect.poll(() => sceneOf(there)).toEqual(await sceneOf(page));
  // The theme of a link is not the viewer's own.
  await there.goto(page.url().replace(/#.*/, ""));
  await there.reload();
  await expect(there.locator("html")).toHaveAttribute("data-theme", "dark");
  await there.close();
});

test("own punches, chosen designs and one design alone are in the link", async ({ page, browser }) => {
  await page.goto(
    "./#v1&scenario=t-c1&punch=f0:5-9,f0:64-66&designs=review,v10&only=review&at=4.3&pin=slot:vm0/0",
  );
  await expect(page.getByRole("combobox", { name: "Upper design" })).toHaveValue("review");
  await expect(page.getByRole("combobox", { name: "Lower design" })).toHaveCount(0);
  await atRest(page);
  const hash = await settledHash(page, "punch=f0:5-9,f0:64-66&designs=review,v10&only=review&at=");
  const there = await browser.newPage({ colorScheme: "dark", viewport: { width: 1440, height: 900 } });
  await there.goto(page.url().replace(/#.*/, hash));
  await atRest(there);
  await expect.poll(() => sceneOf(there)).toEqual(await sceneOf(page));
  await there.close();
});

test("Back and Forward go from scene to scene, each at the step at which it was left", async ({ page }) => {
  await openLab(page);
  await slider(page).fill("7");
  await choose(page, "t-b1");
  await slider(page).fill("9");
  await choose(page, "t-h");
  await page.goBack();
  await expect(page.getByLabel("Scenario")).toHaveValue("t-b1");
  await expect.poll(() => timeOf(page)).toBe(9);
  await page.goBack();
  await expect(page.getByLabel("Scenario")).toHaveValue("t-a-12");
  await expect.poll(() => timeOf(page)).toBe(7);
  await page.goForward();
  await expect(page.getByLabel("Scenario")).toHaveValue("t-b1");
  await expect.poll(() => timeOf(page)).toBe(9);
});

for (const [hash, says] of [
  ["#v1&scenario=t-a-12&at=1.999", "step 999"],
  ["#v1&scenario=t-a-99", "t-a-99"],
  ["#v0&scenario=t-a-12", "v1"],
  ["#v1&scenario=t-a-12&theme=<img src=x onerror=alert(1)>", "dark or light"],
] as const)
  test(`a damaged link says what is wrong and opens the first scenario: ${hash}`, async ({ page }) => {
    await page.goto(`./${hash}`);
    await expect(notice(page)).toContainText(says);
    await expect(page.getByLabel("Scenario")).toHaveValue("t-a-12");
    await expect(readout(page)).toBeVisible();
    await button(page, "Dismiss").click();
    await expect(notice(page)).toHaveText("");
  });

test("the link is copied by a button, or is there in the address bar", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openLab(page);
  await slider(page).fill("5");
  await button(page, "Copy the link to this picture").click();
  await expect(page.getByText("Link copied.").last()).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("#v1&scenario=t-a-12&designs=v10,review&at=1.5");
});

test("200 mutated links: never blank, never a hang over two seconds, never script from data", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await openLab(page);
  await page.evaluate(() => {
    const longest = { ms: 0 };
    Object.assign(window, { longest });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  const links = [
    "#v1&scenario=t-a-12&designs=v10,review&at=1.18&theme=dark",
    "#v1&scenario=t-b1&designs=review-seed,v10&only=v10&at=1.9&pin=slot:vm0/0&code=1",
    "#v1&scenario=t-c1&punch=f0:18-22,f0:3-4&designs=v10,review&at=3.2&zoom=1&log=1",
    "#v1&scenario=t-a-512&designs=v10,review-seed&at=1.500&zoom=-1&file=f0&pin=page:f0/18",
    "#v1&scenario=t-b1&view=fanout&y=bytes&read=640&slot=64&align=mixed&hole=0.5x&prices=lock:20",
  ];
  const put = fc.stringMatching(/^[\w&=.,:%<>"'-]{0,4}$/);
  const damage = fc.record({ link: fc.constantFrom(...links), at: fc.nat(100), cut: fc.nat(5), put });
  const hashes = fc.sample(damage, { numRuns: 200, seed: 7 }).map(({ link, at, cut, put }) => {
    const from = 1 + (at % (link.length - 1));
    return link.slice(0, from) + put + link.slice(from + cut);
  });
  const seen = await page.evaluate(async (all) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const shown: { hash: string; blank: boolean; damaged: boolean }[] = [];
    for (const hash of all) {
      location.hash = hash;
      do await painted();
      while (document.querySelector("[aria-busy=true]") !== null);
      const text = document.querySelector("[data-testid=notice]")?.textContent ?? "";
      const panels = document.querySelectorAll("main section h2").length;
      const blank =
        panels === 0 || document.querySelector("[data-testid=readout], [data-testid=fanout-read]") === null;
      shown.push({ hash, blank, damaged: text.includes("This link is damaged") });
    }
    return shown;
  }, hashes);
  expect(seen.filter(({ blank }) => blank)).toEqual([]);
  const damaged = seen.filter((each) => each.damaged).length;
  expect(damaged).toBeGreaterThan(50);
  expect(damaged).toBeLessThan(200);
  expect(dialogs).toEqual([]);
  const longest = await page.evaluate(() => (window as unknown as { longest: { ms: number } }).longest.ms);
  // On a quiet machine half of that.
  expect(longest).toBeLessThan(2_000);
});
