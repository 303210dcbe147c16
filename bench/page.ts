// SPDX-License-Identifier: GPL-2.0-only
// The built page in a browser without a window: what a frame costs while a run is played.
import { spawn, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright";
import { freePort } from "../scripts/freePort.mjs";
import type { Lab } from "../src/ui/store/lab.ts";
import { scriptTimes, type TraceEvent } from "./scriptTimes.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

const FRAMES = 120;

/** Frames that nobody counts: the caches of the scenes fill, and the engine's code becomes fast. */
const WARM_FRAMES = 60;

const SPEED = 16;

/**
 * Milliseconds of script in each of 120 frames while the built-in `name` plays at 16x from where it opens, which is
 * in the thick of it.
 */
export const playedFrames = (name: string): Promise<number[]> => onPage((page) => framesOf(page, name));

/** What `take` finds on the page, which is built first, served on 127.0.0.1 and ended afterwards. */
export async function onPage<T>(take: (page: Page) => Promise<T>): Promise<T> {
  run(["node_modules/vite/bin/vite.js", "build", "--logLevel=warn"]);
  const port = await freePort();
  const server = spawn(process.execPath, [join(ROOT, "scripts/serve.mjs"), String(port)], {
    stdio: "ignore",
  });
  let browser: Browser | null = null;
  try {
    const executablePath = run(["scripts/chromium.mjs"]).trim();
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await opened(page, `http://127.0.0.1:${port}/`);
    return await take(page);
  } finally {
    await browser?.close();
    server.kill("SIGTERM");
  }
}

async function framesOf(page: Page, name: string): Promise<number[]> {
  await page.getByLabel("Scenario").selectOption(name);
  // The hashes come last of all that loading does.
  await page.waitForFunction(
    (wanted) =>
      document.querySelector("main")?.dataset.scenario === wanted &&
      document.querySelectorAll("[data-testid^=hash-]").length === 2 &&
      [...document.querySelectorAll("[data-testid^=hash-]")].every(({ textContent }) => textContent !== "…"),
    name,
    { timeout: 60_000 },
  );
  // What plays is fetched when somebody is there.
  const fetched = page.waitForResponse(/player.*\.js/);
  await page.mouse.move(200, 200);
  await (await fetched).finished();
  const step = () => page.getByTestId("readout").textContent();
  const before = await step();
  const cdp = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await page.evaluate(play, SPEED);
  await page.evaluate(frames, WARM_FRAMES);
  await cdp.send("Tracing.start", {
    traceConfig: { includedCategories: ["devtools.timeline", "v8", "disabled-by-default-v8.gc"] },
    transferMode: "ReportEvents",
  });
  await page.evaluate(frames, FRAMES + 10);
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.end");
  await complete;
  if ((await step()) === before) throw new Error(`${name} did not play`);
  const times = scriptTimes(events);
  if (times.length < FRAMES)
    throw new Error(`${name}: ${times.length} frames were traced, ${FRAMES} are wanted`);
  return times.slice(0, FRAMES);
}

/** In the page. Its lab is found through React's root, so that the figure hangs on no button's name. */
function play(speed: number): void {
  interface Fiber {
    readonly memoizedProps: { readonly value?: Partial<Pick<Lab, "setSpeed" | "setPlaying">> } | null;
    readonly child: Fiber | null;
  }
  const root = document.getElementById("root") as unknown as Record<string, Fiber>;
  let fiber: Fiber | null = root[Object.keys(root).find((key) => key.startsWith("__reactContainer"))!]!;
  while (fiber !== null && fiber.memoizedProps?.value?.setSpeed === undefined) fiber = fiber.child;
  const lab = fiber?.memoizedProps?.value;
  if (lab?.setSpeed === undefined || lab.setPlaying === undefined) throw new Error("the page has no lab");
  lab.setSpeed(speed);
  lab.setPlaying(true);
}

/** In the page: so many frames go by. */
const frames = (count: number) =>
  new Promise<void>((done) => {
    const tick = (left: number) => (left === 0 ? done() : requestAnimationFrame(() => tick(left - 1)));
    tick(count);
  });

async function opened(page: Page, address: string): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await page.goto(address);
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await page.waitForTimeout(200);
    }
}

/** What a program of this repository prints. Throws where it fails. */
function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}: status ${status}\n${stderr}`);
  return stdout;
}
