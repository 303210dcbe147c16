// SPDX-License-Identifier: GPL-2.0-only
// Touching the picture: what is pointed at lights up everywhere and is told about, by pointer and by keys alike.
import type { Locator, Page } from "playwright/test";
import { button, choose, openLab, timeOf } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const CELL = 14;

test.beforeEach(async ({ page }) => openLab(page));

/** The rows that can be gone through, by what they are. */
const row = (page: Page, name: string, design?: string): Locator => {
  const place =
    design === undefined ? page.locator("main") : page.getByRole("region", { name: design, exact: true });
  return place.getByRole("listbox", { name, exact: true });
};
const caption = (page: Page, design: string) =>
  page.getByRole("region", { name: design, exact: true }).locator("[data-fact]");

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not to be seen`);
  return box;
}

/** A place in a row: the middle of column `column`, `y` pixels down. */
async function at(locator: Locator, column: number, y = 18) {
  const box = await boxOf(locator);
  return [box.x + (column + 0.5) * CELL, box.y + y] as const;
}

/** Where `name` is lit: the row of each frame, in the order of the page. */
const shining = (page: Page, name: string, why = "lit") =>
  page
    .locator(`main [data-shines="${name}"][data-why="${why}"]`)
    .evaluateAll((frames) => frames.map((frame) => frame.closest("[data-row]")?.getAttribute("data-row")));

const BOTH = [
  "ruler",
  "memslots",
  ...["pages", "index", "calls", "mappings"],
  ...["pages", "index", "calls", "mappings"],
];

test("hovering a memslot lights it up in every row of both designs, and each says what it knows", async ({
  page,
}) => {
  const memslots = row(page, "Memslots");
  const height = (await boxOf(page.getByRole("region", { name: "LIST", exact: true }))).height;
  await page.mouse.move(...(await at(memslots, 19)));
  await expect.poll(() => shining(page, "slot:vm0/3")).toEqual(BOTH);
  await expect(caption(page, "LIST")).toHaveText(
    /^Slot 3: pages 16–23, .*4th of 12 in the list; called and needed/,
  );
  await expect(caption(page, "XARRAY")).toHaveText(
    /in cells 16–23 of the xa_node of shift 0; called and needed/,
  );
  await page.mouse.move(...(await at(memslots, 33)));
  // The xarray has not called slot 6: there is nothing of it in that row.
  await expect.poll(() => shining(page, "slot:vm0/6")).toEqual(BOTH.filter((_, k) => k !== 8));
  expect(await shining(page, "slot:vm0/3")).toEqual([]);
  await expect(caption(page, "LIST")).toHaveText(
    /called for nothing .*: its pages do not overlap pages 18–21\.$/,
  );
  expect((await boxOf(page.getByRole("region", { name: "LIST", exact: true }))).height).toBe(height);
  await page.mouse.move(2, 2);
  await expect(caption(page, "LIST")).toHaveCount(0);
  await expect(page.locator("[data-shines]")).toHaveCount(0);
});

test("a notifier, an entry of the xa_node and a pair of calls are the same memslot", async ({ page }) => {
  for (const [name, design, column] of [
    ["Notifiers", "LIST", 33.5],
    ["Nodes of the xarray", "XARRAY", 34],
    ["Start and end calls", "LIST", 33.5],
  ] as const) {
    const list = row(page, name, design);
    const { height } = await boxOf(list);
    await page.mouse.move(...(await at(list, column, name.startsWith("Nodes") ? height - 20 : height / 2)));
    await expect.poll(() => shining(page, "slot:vm0/6")).toHaveLength(9);
    await page.mouse.move(2, 2);
  }
});

test("a page lights up as its column, and in the xa_node whose cells are pages", async ({ page }) => {
  await page.mouse.move(...(await at(row(page, "File pages", "XARRAY"), 18)));
  await expect
    .poll(() => shining(page, "page:f0/18"))
    .toEqual(["ruler", "pages", "mappings", "pages", "index", "mappings"]);
  await expect(caption(page, "XARRAY")).toHaveText(
    "Page 18: freed by this punch; slot 3's; its mapping is zapped. Click: its life.",
  );
});

test("a click pins, which lasts through steps; a click on it or on nothing lets go", async ({ page }) => {
  const memslots = row(page, "Memslots");
  await page.mouse.move(...(await at(memslots, 18)));
  await expect.poll(() => shining(page, "slot:vm0/3")).toEqual(BOTH);
  await page.mouse.click(...(await at(memslots, 18)));
  await page.mouse.move(2, 2);
  await expect.poll(() => shining(page, "slot:vm0/3", "pinned")).toEqual(BOTH);
  const before = await timeOf(page);
  await page.keyboard.press("ArrowRight");
  expect(await timeOf(page)).toBe(before + 1);
  expect(await shining(page, "slot:vm0/3", "pinned")).toEqual(BOTH);
  await expect(caption(page, "LIST")).toHaveText(/^Slot 3: /);
  await page.mouse.click(...(await at(memslots, 18)));
  await expect(page.locator('[data-why="pinned"]')).toHaveCount(0);
  await page.mouse.click(...(await at(memslots, 3)));
  await expect(page.locator('[data-why="pinned"]')).not.toHaveCount(0);
  // Pages 52 and 53 belong to no memslot.
  await page.mouse.click(...(await at(memslots, 52.5)));
  await expect(page.locator('[data-why="pinned"]')).toHaveCount(0);
});

test("each row is one tab stop, and the arrows go through its objects", async ({ page }) => {
  await row(page, "Memslots").focus();
  const stops: string[] = [];
  for (let k = 0; k < 24 && stops.length < 9; k++) {
    const stop = await page.evaluate(() => {
      const own = document.activeElement;
      return `${own?.getAttribute("role")} ${own?.getAttribute("aria-label")}`;
    });
    // Between the rows of one design and of the other stand the controls of the panel.
    if (stop.startsWith("listbox")) stops.push(stop);
    await page.keyboard.press("Tab");
  }
  const design = (index: string) =>
    ["File pages", index, "Start and end calls", "Guest mappings of vm0"].map((name) => `listbox ${name}`);
  expect(stops).toEqual(["listbox Memslots", ...design("Notifiers"), ...design("Nodes of the xarray")]);
});

test("with the keys alone: the active object is lit and read out, Enter pins, Escape lets go", async ({
  page,
}) => {
  const list = row(page, "Notifiers", "LIST");
  const time = await timeOf(page);
  await list.focus();
  const option = list.getByRole("option");
  await expect(option).toHaveText(/^Slot 0: /);
  await expect(option).toHaveAttribute("aria-posinset", "1");
  await expect(option).toHaveAttribute("aria-setsize", "12");
  await expect(option).toHaveCount(1);
  for (let k = 0; k < 3; k++) await page.keyboard.press("ArrowRight");
  await expect(option).toHaveText(/^Slot 3: /);
  expect(await list.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
  await expect.poll(() => shining(page, "slot:vm0/3")).toEqual(BOTH);
  await page.keyboard.press("End");
  await expect(option).toHaveText(/^Slot 11: /);
  await page.keyboard.press("PageUp");
  await expect(option).toHaveText(/^Slot 3: /);
  await page.keyboard.press("Enter");
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => shining(page, "slot:vm0/3", "pinned")).toEqual(BOTH);
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-why="pinned"]')).toHaveCount(0);
  await expect(option).toHaveAttribute("aria-selected", "false");
  await expect(caption(page, "LIST")).toHaveCount(0);
  expect(await timeOf(page)).toBe(time);
  await expect(list).toBeFocused();
});

test("a row that has the focus keeps its object when a step is taken", async ({ page }) => {
  const list = row(page, "Start and end calls", "LIST");
  await button(page, "First step").click();
  for (let k = 0; k < 9; k++) await button(page, "Step forward").click();
  await list.focus();
  const option = list.getByRole("option");
  await expect(option).toHaveAttribute("aria-setsize", "4");
  await page.keyboard.press("End");
  await expect(option).toHaveText(/^Slot 3: .*1 start, 0 ends/);
  await page.evaluate(() => {
    for (const click of document.querySelectorAll<HTMLElement>("button"))
      if (click.getAttribute("aria-label") === "Last step") click.click();
  });
  await expect(option).toHaveAttribute("aria-setsize", "12");
  await expect(option).toHaveText(/^Slot 3: .*1 start, 1 end/);
  await expect(option).toHaveAttribute("aria-posinset", "4");
});

/** The drafted pages, and in which rows they show. */
const drafts = (page: Page) =>
  page
    .locator("[data-draft]")
    .evaluateAll((bands) =>
      bands.map(
        (band) =>
          `${band.closest("[data-row]")?.getAttribute("data-row")} ${band.getAttribute("data-draft")}`,
      ),
    );
const drafted = (range: string) => ["ruler", "memslots", "pages", "pages"].map((name) => `${name} ${range}`);

test("a drag over the file's pages drafts a punch that both designs show, and release runs it", async ({
  page,
}) => {
  const pages = row(page, "File pages", "LIST");
  await page.mouse.move(...(await at(pages, 40)));
  await expect(caption(page, "LIST")).toHaveText(/^Page 40: /);
  await page.mouse.down();
  await page.mouse.move(...(await at(pages, 43)), { steps: 4 });
  await expect.poll(() => drafts(page)).toEqual(drafted("40-44"));
  await page.mouse.move(...(await at(pages, 38)), { steps: 4 });
  await expect.poll(() => drafts(page)).toEqual(drafted("38-41"));
  await page.mouse.up();
  await expect(page.getByText("PUNCH_HOLE pages 38–40").first()).toBeVisible();
  await expect(page).toHaveURL(/punch=f0:38-41/);
  await expect(page.locator('[data-why="pinned"]')).toHaveCount(0);
});

test("an edge of the punched band can be dragged, with Alt all of it; Escape drops the drag", async ({
  page,
}) => {
  const ruler = page.locator('[data-row="ruler"]');
  const { x, y } = await boxOf(ruler);
  await page.mouse.move(x + 5, y + 30);
  await expect(caption(page, "LIST")).toHaveText(/^Page 0: /);
  const drag = async (from: number, to: number) => {
    await page.mouse.move(x + from, y + 30);
    await expect(ruler).toHaveAttribute("data-grip", /./);
    await page.mouse.down();
    await page.mouse.move(x + to, y + 30, { steps: 4 });
  };
  await drag(22 * CELL, 30 * CELL + 3);
  await expect.poll(() => drafts(page)).toEqual(drafted("18-30"));
  await page.keyboard.press("Escape");
  await expect.poll(() => drafts(page)).toEqual([]);
  await page.mouse.up();
  await page.keyboard.down("Alt");
  await drag(20 * CELL, 24 * CELL);
  await page.keyboard.up("Alt");
  await expect.poll(() => drafts(page)).toEqual(drafted("22-26"));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect.poll(() => drafts(page)).toEqual([]);
  await expect(page).not.toHaveURL(/punch=/);
});

test("a punch from the keyboard: p begins it, arrows move, Shift resizes, Escape drops, Enter runs", async ({
  page,
}) => {
  const pages = row(page, "File pages", "LIST");
  const time = await timeOf(page);
  await pages.focus();
  await expect(pages.getByRole("option")).toHaveText(/^Page 0: /);
  await page.keyboard.press("p");
  await expect.poll(() => drafts(page)).toEqual(drafted("18-22"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => drafts(page)).toEqual(drafted("20-25"));
  await expect(pages.getByRole("option")).toHaveText(/^punch \[20,25\): /);
  expect(await timeOf(page)).toBe(time);
  await page.keyboard.press("Escape");
  await expect.poll(() => drafts(page)).toEqual([]);
  await page.keyboard.press("p");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(() => drafts(page)).toEqual(drafted("18-21"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/punch=f0:18-21/);
});

test("in the timeline an event is told, a click goes to it and pins it, and a lock lights its bars", async ({
  page,
}) => {
  const strip = page.getByTestId("timeline");
  const { x, y, width } = await boxOf(strip);
  const lit = (name: string, why = "lit") => strip.locator(`[data-shines="${name}"][data-why="${why}"]`);
  await page.mouse.move(x + (14 / 38) * width, y + 12);
  await expect(lit("event:v10/14")).toHaveCount(1);
  await expect(caption(page, "LIST")).toHaveText(/^Step 14: P calls invalidate_start\(\) of slot 7: /);
  await expect(caption(page, "XARRAY")).toHaveCount(0);
  await expect.poll(() => shining(page, "slot:vm0/7")).toContain("memslots");
  await page.mouse.move(x + (8 / 38) * width, y + 28);
  await expect(lit("lock:f0/rm->lock")).toHaveCount(3);
  await expect(caption(page, "XARRAY")).toHaveText("rm->lock: held by P for reading in steps 2–14.");
  await page.mouse.move(x + (10 / 38) * width, y + 52);
  await expect(lit("count:vm0")).toHaveCount(2);
  await page.mouse.click(x + (14 / 38) * width + 2, y + 12);
  expect(await timeOf(page)).toBe(14);
  await page.mouse.move(2, 2);
  await expect(lit("event:v10/14", "pinned")).toHaveCount(1);
});

test("with nothing lit a step does nothing over the rows, and a list of thousands is one element", async ({
  page,
}) => {
  await choose(page, "t-a-4096");
  await page.mouse.move(...(await at(row(page, "Memslots"), 10)));
  await expect.poll(async () => (await shining(page, "slot:vm0/1")).length).toBeGreaterThan(6);
  expect(await page.locator("main [role=option]").count()).toBeLessThan(12);
  await page.mouse.move(2, 2);
  await expect(page.locator("[data-shines]")).toHaveCount(0);
  await page.evaluate(() => {
    const changed: string[] = [];
    Object.assign(window, { changed });
    const observer = new MutationObserver((records) => {
      for (const { type, target } of records) changed.push(`${type} ${(target as Element).tagName}`);
    });
    for (const list of document.querySelectorAll("[data-row]"))
      observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  for (let k = 0; k < 5; k++) await page.keyboard.press("ArrowRight");
  expect(await page.evaluate(() => (window as unknown as { changed: string[] }).changed)).toEqual([]);
});
