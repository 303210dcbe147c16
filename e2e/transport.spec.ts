// SPDX-License-Identifier: GPL-2.0-only
// The transport: jumps, speeds, what is skipped, its one tab stop, and the help that lists its keys.
import type { Page } from "playwright/test";
import type { LabEvent, Play } from "../src/engine/index.ts";
import { playsOf } from "./support/engine.ts";
import { button, choose, openLab, slider, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

// A clock that the test turns does not go with a window that others have used.
test.use({ reuseContext: false });

const [LIST, XARRAY] = playsOf("t-a-12");
const STEPS = LIST.recording.steps.length;

/** The steps of either design, which in a single operation are times, with an event that `fits`. */
const timesWith = (plays: readonly Play[], fits: (event: LabEvent) => boolean) =>
  [
    ...new Set(
      plays.flatMap(({ recording }) =>
        recording.steps.flatMap(({ events }, k) => (events.some(fits) ? [k + 1] : [])),
      ),
    ),
  ].sort((a, b) => a - b);
const NEEDED = timesWith([LIST, XARRAY], (event) => "hit" in event && event.hit);
const WASTED_ONLY = timesWith([LIST], (event) => "hit" in event && !event.hit).filter(
  (step) => step > XARRAY.recording.steps.length,
);

const toolbar = (page: Page) => page.getByRole("toolbar", { name: "Transport" });
const speed = (page: Page) => page.getByLabel("Speed", { exact: true });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName);

test.beforeEach(({ page }) => openLab(page));

test("buttons and keys lead from needed call to needed call, and back over the same ones", async ({
  page,
}) => {
  await page.keyboard.press("Home");
  const next = button(page, "Next needed call");
  for (const time of NEEDED) {
    await next.click();
    expect(await timeOf(page)).toBe(time);
  }
  await expect(next).toBeDisabled();
  await next.click({ force: true });
  expect(await timeOf(page)).toBe(NEEDED.at(-1));
  for (const time of NEEDED.toReversed().slice(1)) {
    await page.keyboard.press("Shift+N");
    expect(await timeOf(page)).toBe(time);
  }
  await page.keyboard.press("n");
  expect(await timeOf(page)).toBe(NEEDED[1]);
  await button(page, "Previous needed call").click();
  expect(await timeOf(page)).toBe(NEEDED[0]);
});

test("a punch that is over, and findings that there are none of, are not to be jumped to", async ({
  page,
}) => {
  await expect(button(page, "Next punch")).toBeDisabled();
  await expect(button(page, "Next finding")).toBeDisabled();
  await page.keyboard.press("h");
  await page.keyboard.press("f");
  expect(await timeOf(page)).toBe(18);
  await page.keyboard.press("Home");
  await button(page, "Next punch").click();
  expect(await timeOf(page)).toBe(1);
});

test("t-b1: a finding is one key away from anywhere", async ({ page }) => {
  await choose(page, "t-b1");
  const [list] = playsOf("t-b1");
  await page.getByLabel("Scenario").blur();
  await page.keyboard.press("Home");
  await button(page, "Next finding").click();
  expect(await timeOf(page)).toBe(list.findings[0]?.step);
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+F");
  expect(await timeOf(page)).toBe(Math.max(...list.findings.map(({ step }) => step)));
});

test("q35-boot: Page Up and Page Down lead from operation to operation", async ({ page }) => {
  await choose(page, "q35-boot");
  await slider(page).focus();
  await page.keyboard.press("Home");
  const operation = page.getByTestId("operation");
  await page.keyboard.press("PageUp");
  const first = await timeOf(page);
  await page.keyboard.press("PageUp");
  expect(await timeOf(page)).toBeGreaterThan(first);
  await expect(operation).toContainText("Operation 2 / 43");
  await page.keyboard.press("PageDown");
  expect(await timeOf(page)).toBe(first);
});

test("what is wasted is skipped by Shift and an arrow, and by every step once that is switched on", async ({
  page,
}) => {
  const skip = button(page, "Skip wasted");
  const seen = async (key: string) => {
    const times: number[] = [];
    await page.keyboard.press("Home");
    while (times.at(-1) !== STEPS && times.length < 60) {
      await page.keyboard.press(key);
      times.push(await timeOf(page));
    }
    return times;
  };
  const skipping = await seen("Shift+ArrowRight");
  expect(skipping).toEqual(expect.arrayContaining(NEEDED));
  expect(skipping.filter((time) => WASTED_ONLY.includes(time))).toEqual([]);
  expect(WASTED_ONLY.length).toBeGreaterThan(10);
  expect(await seen("ArrowRight")).toHaveLength(STEPS);
  await expect(skip).toHaveAttribute("aria-pressed", "false");
  await skip.click();
  await expect(skip).toHaveAttribute("aria-pressed", "true");
  expect(await seen("ArrowRight")).toEqual(skipping);
  await button(page, "Step back").click();
  expect(await timeOf(page)).toBe(skipping.at(-2));
});

test("speeds: four steps a second at 1, one at 0.25, and a change acts while it plays", async ({ page }) => {
  await page.clock.install();
  await openLab(page);
  await page.clock.pauseAt(Date.now() + 60_000);
  // What plays is fetched with the first key; until it is there no time goes by.
  const fetched = page.waitForResponse(/player.*\.js/);
  await page.keyboard.press("Home");
  await (await fetched).finished();
  await expect(speed(page)).toHaveValue("1");
  await page.keyboard.press("Space");
  await page.clock.runFor(2_000);
  const first = await timeOf(page);
  expect(Math.abs(first - 9)).toBeLessThanOrEqual(1);
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  await expect(speed(page)).toHaveValue("0.25");
  await page.clock.runFor(4_000);
  expect(Math.abs((await timeOf(page)) - first - 4)).toBeLessThanOrEqual(1);
  for (let k = 0; k < 8; k++) await page.keyboard.press("]");
  await expect(speed(page)).toHaveValue("1024");
  await page.clock.runFor(500);
  expect(await timeOf(page)).toBe(STEPS);
  await expect(button(page, "Play")).toBeVisible();
  await page.keyboard.press("Space");
  expect(await timeOf(page)).toBe(0);
});

test("a long run opens at the speed that shows it in about 40 seconds, and the viewer's own choice stays", async ({
  page,
}) => {
  await choose(page, "t-a-512");
  await expect(speed(page)).toHaveValue("4");
  await choose(page, "t-a-12");
  await expect(speed(page)).toHaveValue("1");
  await speed(page).selectOption("2");
  await choose(page, "t-a-512");
  await expect(speed(page)).toHaveValue("2");
  expect(await timeOf(page)).not.toBe(0);
  await expect(button(page, "Play")).toBeVisible();
});

test("no scenario plays by itself", async ({ page }) => {
  await page.clock.install();
  await openLab(page);
  for (const name of ["t-b1", "t-a-512"]) {
    await page.getByLabel("Scenario").selectOption(name);
    await page.clock.runFor(1_000);
    await expect(page.locator(`main[data-scenario="${name}"]`)).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    const time = await timeOf(page);
    await page.clock.runFor(30_000);
    expect(await timeOf(page)).toBe(time);
  }
});

test("the toolbar is one tab stop with arrows inside, which do not move the run", async ({ page }) => {
  await slider(page).focus();
  const time = await timeOf(page);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Play");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toBe("Step forward");
  await expect(page.getByText("move between the buttons")).toBeVisible();
  await page.keyboard.press("End");
  expect(await focused(page)).toBe("Last step");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toBe("Previous needed call");
  await page.keyboard.press("ArrowLeft");
  expect(await focused(page)).toBe("Last step");
  await page.keyboard.press("Home");
  expect(await focused(page)).toBe("Previous needed call");
  expect(await timeOf(page)).toBe(time);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Speed");
  await page.keyboard.press("Shift+Tab");
  expect(await focused(page)).toBe("Previous needed call");
  await page.keyboard.press("Shift+Tab");
  expect(await focused(page)).toBe("Step");
  await expect(page.getByText("move between the buttons")).toBeHidden();
  expect(await toolbar(page).locator('button[tabindex="0"]').count()).toBe(1);
});

test("in the toolbar Space presses the button, a button that comes to its end keeps the focus, letters still act", async ({
  page,
}) => {
  await button(page, "Last step").focus();
  await page.keyboard.press("Space");
  expect(await timeOf(page)).toBe(STEPS);
  await expect(button(page, "Last step")).toBeDisabled();
  expect(await focused(page)).toBe("Last step");
  await page.keyboard.press("Shift+N");
  expect(await timeOf(page)).toBe(NEEDED.at(-1));
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await timeOf(page)).toBeLessThan(NEEDED.at(-1) ?? 0);
  expect(await focused(page)).toBe("Last step");
});

test("whoever clicks goes on with the page's keys", async ({ page }) => {
  await button(page, "First step").click();
  await button(page, "Step forward").click();
  await page.keyboard.press("ArrowRight");
  expect(await timeOf(page)).toBe(2);
  await page.keyboard.press("Home");
  expect(await timeOf(page)).toBe(0);
});

test("a list that has the focus keeps all keys", async ({ page }) => {
  await speed(page).focus();
  const time = await timeOf(page);
  for (const key of ["n", "h", "Home", "Shift+N", "?", "["]) await page.keyboard.press(key);
  expect(await timeOf(page)).toBe(time);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the help is fetched when it is wanted, lists the keys, keeps them from the page, and gives the focus back", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await button(page, "Log").focus();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys, marks and words" });
  await expect(help).toBeVisible();
  expect(asked.filter((url) => url.includes("HelpDialog"))).toHaveLength(1);
  await expect(help.getByText("next or previous needed call")).toBeVisible();
  const time = await timeOf(page);
  await page.keyboard.press("n");
  expect(await timeOf(page)).toBe(time);
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Log");
  await button(page, "Keys, marks and words").click();
  await help.getByRole("button", { name: "Close" }).click();
  await expect(help).toHaveCount(0);
  expect(await focused(page)).toBe("Keys, marks and words");
});

test("characters can be switched off as keys, which lasts; other keys still act", async ({ page }) => {
  await page.keyboard.press("?");
  const box = page.getByLabel("Letters, digits and signs are keys of the page");
  await expect(box).toBeChecked();
  await box.press("Space");
  await expect(box).not.toBeChecked();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  for (const key of ["n", "h", "]", "?", "t"]) await page.keyboard.press(key);
  expect(await timeOf(page)).toBe(0);
  await expect(speed(page)).toHaveValue("1");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("ArrowRight");
  expect(await timeOf(page)).toBe(1);
  await page.reload();
  await expect(slider(page)).toBeVisible();
  const then = await timeOf(page);
  await page.keyboard.press("n");
  expect(await timeOf(page)).toBe(then);
});

test("without the help's file the page says so and stands", async ({ page, complaints }) => {
  await page.route("**/HelpDialog*", (route) => route.abort());
  await page.keyboard.press("?");
  await expect(page.getByText("The help could not be loaded.")).toBeVisible();
  await page.keyboard.press("Home");
  expect(await timeOf(page)).toBe(0);
  await page.unroute("**/HelpDialog*");
  complaints.length = 0; // the browser says that the request failed
});

test("a listener hears each step, and while it plays one sentence in five seconds at most", async ({
  page,
}) => {
  await page.clock.install();
  await openLab(page);
  const live = page.getByTestId("spoken");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(live).toHaveText(/^LIST: Step 1 of 38\..* XARRAY: Step 1 of 14\./);
  await page.clock.pauseAt(Date.now() + 60_000);
  await live.evaluate((element) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => heard.push(element.textContent ?? "")).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await page.keyboard.press("Space");
  await page.clock.runFor(7_000);
  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(heard).toEqual([expect.stringMatching(/^Step 2\d of 38: LIST \d\d calls, XARRAY 2\.$/)]);
  await page.keyboard.press("Space");
  await expect(live).toHaveText(/^LIST: Step \d\d of 38\./);
});

test("the whole demo runs from the keyboard: find the transport by Tab, play it, jump, choose, read the help", async ({
  page,
}) => {
  for (let k = 0; k < 40 && (await focused(page)) !== "Step"; k++) await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Step");
  await page.keyboard.press("Home");
  await page.keyboard.press("PageUp");
  expect(await timeOf(page)).toBe(Math.round(STEPS / 10));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(button(page, "Pause")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(button(page, "Play")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toBe("Next needed call");
  const before = await timeOf(page);
  await page.keyboard.press("Enter");
  expect(await timeOf(page)).toBe(NEEDED.find((time) => time > before));
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(speed(page)).toHaveValue("2");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await focused(page)).toBe("Next needed call");
});

for (const [width, height, least] of [
  [1440, 900, 36],
  [1280, 900, 36],
  [820, 1180, 44],
  [320, 800, 44],
] as const)
  test(`at ${width} by ${height} every control of the transport is seen whole, and none lies on another`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const transport = page.getByRole("region", { name: "Transport" });
    const controls = transport.locator("button, select");
    const look = async () => {
      const boxes = await controls.evaluateAll((all) =>
        all.map((control) => {
          const { left, top, right, bottom } = control.getBoundingClientRect();
          return { left, top, right, bottom };
        }),
      );
      for (const [k, a] of boxes.entries()) {
        expect(a.left).toBeGreaterThanOrEqual(0);
        expect(a.right).toBeLessThanOrEqual(width);
        expect(a.bottom).toBeLessThanOrEqual(height);
        expect(a.bottom - a.top).toBeGreaterThanOrEqual(least - 2);
        for (const b of boxes.slice(k + 1))
          expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      }
    };
    await expect(controls).toHaveCount(11);
    await look();
    const box = await transport.boundingBox();
    if (width >= 820) expect(box?.height).toBeLessThanOrEqual(width < 1280 ? 113 : 93);
    expect(box?.width).toBeLessThanOrEqual(width);
    // With several files and more than one window of pages there is more to choose.
    await choose(page, "q35-boot");
    await expect(controls).toHaveCount(14);
    await look();
  });
