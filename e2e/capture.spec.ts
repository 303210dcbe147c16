// SPDX-License-Identifier: GPL-2.0-only
// Recordings of real machines: our own, and whatever a viewer drops.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright/test";
import { parseScenario } from "../src/engine/index.ts";
import { button, choose, notice, openLab } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const captured = (name: string) => fileURLToPath(new URL(`../public/captures/${name}`, import.meta.url));
const LOG = captured("qemu-q35-linux-balloon.strace.gz");
const MAP = captured("qemu-q35-linux-balloon.mtree.txt");

const overview = (page: Page) => page.getByTestId("overview");
const operation = (page: Page) => page.getByTestId("operation");
const input = (page: Page) => page.getByLabel("A log, and its memory map");

interface Dropped {
  name: string;
  /** Base64, so that any bytes come through. */
  content: string;
}

/** Drops files on the middle of the page, as a hand would. */
async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  const carried = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, content } of all)
      transfer.items.add(new File([Uint8Array.from(atob(content), (own) => own.charCodeAt(0))], name));
    return transfer;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"])
    await page.locator("main").dispatchEvent(type, { dataTransfer: carried });
}

const fileOf = (path: string, name: string): Dropped => ({
  name,
  content: readFileSync(path).toString("base64"),
});

const own = (path: string, name: string) => ({ name, mimeType: "", buffer: readFileSync(path) });

test.beforeEach(({ page }) => openLab(page));

// One opening of 8,632 punches for all of this: it takes longer than any of the steps.
test("q35-balloon: its punches over time, its dearest, a nearer look, its parts played, its steps, and saved", async ({
  page,
}) => {
  await choose(page, "q35-balloon");
  const first = overview(page).locator("[data-look=time]").first();

  await test.step("it opens with its punches over time, and its first part is played", async () => {
    await expect(overview(page)).toHaveAttribute("aria-valuemax", "8632");
    await expect(page.getByTestId("overview-says")).toHaveText("q35-balloon: 8,632 punches in 59.1 s");
    await expect(operation(page)).toContainText("Operation 1 / 8,632");
    await expect(page.getByText("† assumed: every page was there and mapped")).toHaveCount(2);
    // The axis has times of day, as the log has them.
    await expect(first).toHaveText(/^08:0[23]:\d\d$/);
  });

  await test.step("the dearest punch, any punch, and all parts are a key or a press away", async () => {
    await button(page, "dearest of LIST").click();
    await expect(operation(page)).toContainText(/VMM punches pages \[\d+,\d+\) of f0/);
    await expect(overview(page)).toHaveAttribute(
      "aria-valuetext",
      /LIST 14 calls, 12 wasted; XARRAY 2 calls/,
    );
    await overview(page).press("End");
    await expect(operation(page)).toContainText("Operation 8,632 / 8,632");
    await overview(page).press("PageDown");
    await expect(operation(page)).toContainText("Operation 8,376 / 8,632");
    await overview(page).press("ArrowRight");
    await expect(operation(page)).toContainText("Operation 8,377 / 8,632");
    const { x, y, width } = (await overview(page).boundingBox())!;
    await page.mouse.click(x + 1, y + 30);
    // The first two lie 12 ms apart, less than a pixel.
    await expect(operation(page)).toContainText(/Operation [12] \/ 8,632/);
    await page.mouse.click(x + width - 2, y + 30);
    await expect(operation(page)).toContainText("Operation 8,632 / 8,632");
  });

  await test.step("one looks nearer in time by wheel and by key, and what is played stays in sight", async () => {
    await overview(page).press("Home");
    await expect(operation(page)).toContainText("Operation 1 / 8,632");
    const bars = overview(page).locator("[data-look=punch]");
    const whole = await bars.getAttribute("d");
    await overview(page).hover({ position: { x: 560, y: 40 } });
    for (let k = 0; k < 20; k++) await page.mouse.wheel(0, -100);
    await expect(first).toHaveText(/^08:03:\d\d\.\d$/);
    expect(await bars.getAttribute("d")).not.toBe(whole);
    await button(page, "all").click();
    await expect(first).toHaveText("08:02:40");
    await overview(page).focus();
    for (let k = 0; k < 6; k++) await page.keyboard.press("+");
    await overview(page).press("End");
    await expect(operation(page)).toContainText("Operation 8,632 / 8,632");
    await expect(first).toHaveText(/^08:03:3\d/);
  });

  await test.step("a run that is played goes on from one part into the next", async () => {
    await overview(page).press("Home");
    await page.keyboard.press("PageUp");
    await expect(operation(page)).toContainText("Operation 257 / 8,632");
    await page.getByLabel("Speed").selectOption("1024");
    await button(page, "Play").click();
    await expect(operation(page)).toContainText(/Operation ([6-9]\d\d|\d,\d{3}) /, { timeout: 60_000 });
    await button(page, "Pause").click();
    await expect(notice(page)).toHaveText("");
  });

  const saved = page.waitForEvent("download");
  await button(page, "save JSON").click();
  const download = await saved;

  await test.step("O and a button lead to the steps of the part and back, and the link says which", async () => {
    await button(page, "steps").click();
    await expect(page.getByTestId("timeline")).toBeVisible();
    await expect.poll(() => page.evaluate(() => location.hash)).toContain("&steps=1");
    await page.keyboard.press("o");
    await expect(overview(page)).toBeVisible();
    await page.keyboard.press("e");
    await expect(page.getByRole("region", { name: "Event log" })).toBeVisible();
  });

  await test.step("all of it is saved as a scenario, which the page and the parser take", async () => {
    expect(download.suggestedFilename()).toBe("q35-balloon.scenario.json");
    const text = readFileSync(await download.path(), "utf8");
    const parsed = parseScenario(text);
    expect(parsed.ok && parsed.scenario.tasks.get("VMM")?.length).toBe(8_632);
    // Trimmed to a few punches, by hand.
    const document = JSON.parse(text);
    document.tasks.VMM = document.tasks.VMM.slice(0, 5);
    delete document.expect;
    await drop(page, [
      { name: "trimmed.json", content: Buffer.from(JSON.stringify(document)).toString("base64") },
    ]);
    await expect(operation(page)).toContainText("Operation 1 / 5", { timeout: 30_000 });
    await expect(overview(page)).toHaveAttribute("aria-valuemax", "5");
  });
});

test("a log and its map, dropped anywhere, are read, said and played; the link asks for that log again", async ({
  page,
}) => {
  await drop(page, [fileOf(LOG, "my vm.strace.gz"), fileOf(MAP, "map.txt")]);
  await expect(overview(page)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByLabel("Scenario")).toHaveValue("my vm.strace.gz");
  await button(page, "what was read").click();
  const report = page.getByRole("dialog", { name: "What was read of my vm.strace.gz" });
  for (const says of [
    /8,638 lines/,
    /8,632 punches of 2 files; 8 slots from the memory map/,
    /vga\.vram, pc\.bios/,
  ])
    await expect(report).toContainText(says);
  await expect(report).toContainText(
    "before it is punched for the first time, and again before each later punch",
  );
  await page.keyboard.press("Escape");
  await overview(page).focus();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowRight");
  await expect(operation(page)).toContainText("Operation 258 / 8,632");
  await expect
    .poll(() => page.evaluate(() => location.hash))
    .toMatch(/^#v1&recording=[0-9a-f]{8},my%20vm\.strace\.gz&.*at=258\.1/);
  await page.reload();
  await expect(notice(page)).toContainText(
    "This link leads into the log my vm.strace.gz, which a link cannot hold.",
  );
  await expect(page.getByLabel("Scenario")).toHaveValue("t-a-12");
  await button(page, "Choose it").click();
  await input(page).setInputFiles([own(LOG, "renamed.gz"), own(MAP, "map.txt")]);
  await expect(operation(page)).toContainText("Operation 258 / 8,632", { timeout: 30_000 });
  await expect(notice(page)).toHaveText("");
});

test("a map may come after its log", async ({ page }) => {
  await drop(page, [fileOf(LOG, "vm.gz")]);
  await expect(overview(page)).toBeVisible({ timeout: 30_000 });
  await expect(overview(page)).toHaveAttribute("aria-valuetext", /LIST 0 calls; XARRAY 0 calls/);
  await drop(page, [fileOf(MAP, "map.txt")]);
  await expect(overview(page)).toHaveAttribute("aria-valuetext", /LIST 2 calls; XARRAY 2 calls/, {
    timeout: 30_000,
  });
});

test("what cannot be read is said, with what to do, and leaves the page as it was", async ({ page }) => {
  const hostile: [name: string, content: Buffer, says: RegExp][] = [
    [
      "noise.bin",
      Buffer.from(Array.from({ length: 4096 }, (_, k) => (k * 131) & 255)),
      /None of the .* lines of noise\.bin/,
    ],
    ["cut.gz", readFileSync(LOG).subarray(0, 30_000), /gzip data of cut\.gz is damaged/],
    ["empty.strace", Buffer.alloc(0), /None of the 0 lines of empty\.strace/],
    ["bad.json", Buffer.from('{"format": 1}'), /bad\.json: format: expected/],
    ["map.txt", readFileSync(MAP), /map\.txt is a memory map. Drop the log/],
  ];
  await button(page, "Your VM").click();
  const dialog = page.getByRole("dialog", { name: "Your own VM" });
  for (const [name, buffer, says] of hostile) {
    await input(page).setInputFiles([{ name, mimeType: "", buffer }]);
    await expect(dialog.getByRole("alert")).toHaveText(says);
    await expect(page.locator("main")).toHaveAttribute("data-scenario", "t-a-12");
  }
  await input(page).setInputFiles([
    own(LOG, "one.gz"),
    { name: "other.strace", mimeType: "", buffer: gunzipSync(readFileSync(LOG)) },
  ]);
  await expect(dialog.getByRole("alert")).toContainText("are both taken for logs");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByTestId("readout")).toHaveText("Step 18 / 38");
});

test("while a large log is read the page answers, says how far it is, and can be told to stop", async ({
  page,
}) => {
  await page.evaluate(() => {
    const line = "21384 08:02:39.4 fallocate(8, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 4096, 4096) = 0\n";
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array(60).fill(line.repeat(12_000)), "large.strace"));
    document
      .querySelector("main")
      ?.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
  });
  const dialog = page.getByRole("dialog", { name: "Your own VM" });
  await expect(dialog.getByText(/^(Opening|Reading) large\.strace/)).toBeVisible();
  // The page behind it goes on, and so does the dialog.
  await expect(dialog.getByText(/^Reading large\.strace: [\d,]+ of 6\d,\d{3} KiB\.$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("button", { name: "Choose files" })).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.locator("main")).toHaveAttribute("data-scenario", "t-a-12");
});

test("the commands that record one's own are there to be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "Your VM").click();
  const dialog = page.getByRole("dialog", { name: "Your own VM" });
  await dialog.getByRole("button", { name: "Copy" }).first().click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^strace -f -tt -y .*ioctl -o my-vm\.strace qemu-system-x86_64/);
  for (const says of ["What it costs", "What it gives away", "No contents of guest memory"])
    await expect(dialog).toContainText(says);
});
