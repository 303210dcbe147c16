// SPDX-License-Identifier: GPL-2.0-only
// The page tests run on the built page (`npm test` builds it first), with no font hinting and no GPU, so that
// two machines draw alike.
import { env } from "node:process";
import { defineConfig } from "playwright/test";
import { chromiumPath } from "./scripts/chromium.mjs";
import { freePort } from "./scripts/freePort.mjs";

// Playwright reads this file once in each of its processes; the environment is what they share.
env.LAB_PAGE_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${env.LAB_PAGE_PORT}`;
const executablePath = chromiumPath();

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  // On two processors: a page test waits for frames and timers a third of its time, and two would leave them idle.
  workers: 3,
  expect: { timeout: 10_000 }, // a busy machine is slow, and not wrong
  reporter: [["list"]],
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    // One window for all tests of a worker, emptied in between: opening one takes longer than most tests do.
    reuseContext: true,
    colorScheme: "dark",
    locale: "en-GB",
    timezoneId: "UTC",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        // Nothing gets out. To ask each request in a test whether it may (a route) would cost a round trip for every
        // file and switch the browser's cache off; test.ts sees whoever tries.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--force-color-profile=srgb",
      ],
    },
  },
  webServer: {
    command: `node scripts/serve.mjs ${env.LAB_PAGE_PORT}`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
