// SPDX-License-Identifier: GPL-2.0-only
// What goes wrong in one part stays there, what comes in as data stays data, and what plays for long stays small.
import { readFileSync } from "node:fs";
import type { CDPSession, Locator, Page } from "playwright/test";
import { button, choose, notice, openLab, readout, slider, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

// A clock that the test turns does not go with a window that others have used.
test.use({ reuseContext: false });

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

interface Part {
  what: string;
  /** The file that is asked for. */
  file: string;
  /** The scenario in which it is, and what asks for it there. */
  scenario: string;
  show: (page: Page) => Promise<void>;
  /** Where it says that it could not come. */
  place: (page: Page) => Locator;
  /** What is there once it has come. */
  there: (page: Page) => Locator;
}

const nothing = async () => {};

const PARTS: readonly Part[] = [
  {
    what: "overview",
    file: "Overview",
    scenario: "q35-balloon",
    show: nothing,
    place: (page) => page.getByRole("alert"),
    there: (page) => region(page, "Recording"),
  },
  {
    what: "source",
    file: "CodePane",
    scenario: "t-a-12",
    show: (page) => button(page, "Code").click(),
    place: (page) => region(page, "Code of XARRAY").getByRole("alert"),
    there: (page) => region(page, "Code of XARRAY").locator("pre"),
  },
  {
    what: "list of findings",
    file: "Findings",
    scenario: "t-b1",
    show: nothing,
    place: (page) => region(page, "Findings").getByRole("alert"),
    there: (page) => region(page, "Findings of LIST"),
  },
  {
    what: "raster of the list",
    file: "ListRaster",
    scenario: "t-a-4096",
    show: nothing,
    place: (page) => region(page, "LIST").getByRole("alert"),
    there: (page) =>
      region(page, "LIST")
        .getByText(/one cell a notifier/)
        .first(),
  },
];

for (const { what, file, scenario, show, place, there } of PARTS)
  test(`the ${what} cannot be fetched: the rest stands, the step stays, and Retry brings it`, async ({
    page,
    complaints,
  }) => {
    test.slow(); // 4,096 memslots are played twice, once under each design
    let refuses = true;
    await page.route(`**/${file}-*.js`, (route) => (refuses ? route.abort() : route.continue()));
    await openLab(page);
    if (scenario !== "t-a-12") {
      await choose(page, scenario);
    }
    const time = await timeOf(page);
    await show(page);
    await expect(place(page)).toContainText(`The ${what} could not be loaded`);
    await expect(region(page, "XARRAY").getByRole("heading")).toBeVisible();
    await expect(region(page, "LIST").getByRole("heading")).toBeVisible();
    await expect(page.getByLabel("Scenario")).toHaveValue(scenario);
    expect(await timeOf(page)).toBe(time);

    // The others go on working.
    await button(page, "Step back").click();
    expect(await timeOf(page)).toBe(time - 1);

    refuses = false;
    await place(page).getByRole("button", { name: "Retry" }).click();
    await expect(there(page)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    expect(await timeOf(page)).toBe(time - 1);
    expect(complaints.length).toBeGreaterThan(0); // the browser says that the request failed
    complaints.length = 0;
  });

test("the other scenarios cannot be fetched: the page stays as it is, and choosing again brings one", async ({
  page,
  complaints,
}) => {
  let refuses = true;
  await page.route("**/anyScenario-*.js", (route) => (refuses ? route.abort() : route.continue()));
  await openLab(page);
  const before = await readout(page).textContent();
  await page.getByLabel("Scenario").selectOption("t-b1");
  await expect(notice(page)).toHaveText(/could not be fetched.*choose the scenario again/);
  await expect(readout(page)).toHaveText(before ?? "");
  await expect(page.getByLabel("Scenario")).toHaveValue("t-a-12");
  refuses = false;
  await choose(page, "t-b1");
  await expect(region(page, "Findings of LIST")).toBeVisible();
  expect(complaints.length).toBeGreaterThan(0);
  complaints.length = 0;
});

test("a part that throws when it is drawn leaves the others, the scenario and the step; Retry draws it anew", async ({
  page,
  complaints,
}) => {
  // In the place of a part that is fetched: one that cannot be drawn until it is mended.
  await page.route("**/Findings-*.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: 'export const Findings = () => { if (!window.mended) throw new Error("slot 3 is missing"); return "All found."; };',
    }),
  );
  await openLab(page);
  await choose(page, "t-b1");
  const time = await timeOf(page);
  const alert = region(page, "Findings").getByRole("alert");
  await expect(alert).toContainText("The findings cannot be drawn. slot 3 is missing");
  await expect(page.getByRole("alert")).toHaveCount(1);
  for (const name of ["LIST", "XARRAY", "Timeline"]) await expect(region(page, name)).toBeVisible();
  await expect(page.getByLabel("Scenario")).toHaveValue("t-b1");
  expect(await timeOf(page)).toBe(time);

  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(alert).toContainText("slot 3 is missing");
  await page.evaluate(() => Object.assign(window, { mended: true }));
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(region(page, "Findings")).toHaveText("All found.");
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await timeOf(page)).toBe(time);
  expect(complaints.join("\n")).toContain("slot 3 is missing"); // React says so, once a try
  complaints.length = 0;
});

const MARKUP = '<img src="x" onerror="window.hit = true"><script>window.hit = true</script>';

const bootWith = (change: (text: string) => string) => {
  const text = readFileSync(new URL("../public/scenarios/q35-boot.json", import.meta.url), "utf8");
  const changed = change(text);
  if (changed === text) throw new Error("the file has changed: nothing was replaced");
  return changed;
};

for (const field of ["title", "about"])
  test(`markup in a scenario's ${field} is text and nothing else`, async ({ page }) => {
    const body = bootWith((text) =>
      text.replace(new RegExp(`"${field}": ".*?"`), `"${field}": ${JSON.stringify(MARKUP)}`),
    );
    await page.route("**/scenarios/q35-boot.json", (route) =>
      route.fulfill({ contentType: "application/json", body }),
    );
    await openLab(page);
    await choose(page, "q35-boot");
    if (field === "about") await expect(page.getByText(MARKUP)).toBeVisible();
    await expect(page.locator("#root img, #root script")).toHaveCount(0);
    expect(await page.evaluate(() => "hit" in window)).toBe(false);
  });

test("markup in a task's name is text, whether it is taken or refused", async ({ page }) => {
  const body = bootWith((text) => text.replaceAll('"VMM"', JSON.stringify(MARKUP)));
  await page.route("**/scenarios/q35-boot.json", (route) =>
    route.fulfill({ contentType: "application/json", body }),
  );
  await openLab(page);
  await page.getByLabel("Scenario").selectOption("q35-boot");
  await expect(page.getByText("<img src=").first()).toBeVisible();
  await expect(page.locator("#root img, #root script")).toHaveCount(0);
  expect(await page.evaluate(() => "hit" in window)).toBe(false);
});

test("the built page allows scripts and styles of its own files only", async ({ page }) => {
  await openLab(page);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe");
});

/** What the page holds on to once everything that can be thrown away is gone. */
async function held(devtools: CDPSession): Promise<{ megabytes: number; nodes: number; listeners: number }> {
  for (let k = 0; k < 2; k++) await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  return { megabytes: usedSize / 1e6, nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

test("two minutes of play leave no more behind than half a minute does", async ({ page }) => {
  test.setTimeout(300_000); // ends a page that hangs
  await page.clock.install();
  await openLab(page);
  await choose(page, "q35-boot");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const samples: Awaited<ReturnType<typeof held>>[] = [];
  let passes = 0;
  for (let seconds = 0; seconds < 120; seconds += 5) {
    if (await button(page, "Play").isVisible()) {
      if ((await timeOf(page)) === Number(await slider(page).getAttribute("max"))) {
        await button(page, "First step").click();
        passes++;
      }
      await button(page, "Play").click();
    }
    await page.clock.runFor(5_000);
    if (seconds % 30 === 25) samples.push(await held(devtools));
  }
  console.log(
    `two minutes of play, ${passes} times from the start, sampled each half minute: ` +
      samples
        .map((each) => `${each.megabytes.toFixed(2)} MB, ${each.nodes} nodes, ${each.listeners} listeners`)
        .join("; "),
  );
  const [warm, ...later] = samples;
  if (warm === undefined) throw new Error("nothing was sampled");
  expect(later).toHaveLength(3);
  for (const { megabytes, nodes, listeners } of later) {
    expect(megabytes - warm.megabytes).toBeLessThan(3);
    expect(nodes).toBeLessThan(warm.nodes * 1.5 + 500);
    expect(listeners).toBeLessThan(warm.listeners * 1.5 + 50);
  }
});
