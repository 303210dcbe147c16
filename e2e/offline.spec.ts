// SPDX-License-Identifier: GPL-2.0-only
// What the built page asks for, and how much of it.
import { scriptsOfFirstLoad } from "./support/scripts.ts";
import { expect, test } from "./support/test.ts";

/** Bytes of gzipped JavaScript until the page rests on its opening scenario. */
const FIRST_LOAD_MAX = 130_000;

test("the built page works with its own files alone, fonts among them, and complains about nothing", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("./", { waitUntil: "networkidle" });
  await expect(page.locator("#root > *").first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);

  const origins = new Set(asked.map((url) => new URL(url).origin));
  expect([...origins]).toEqual([new URL(page.url()).origin]);
  expect(asked.filter((url) => url.endsWith(".woff2")).length).toBeGreaterThan(0);
});

test("the built page carries a policy without an exception, and the policy stops a request elsewhere", async ({
  page,
  complaints,
}) => {
  await page.goto("./");
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe-");
  const html = await (await page.request.get("./")).text();
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|\bdata:/);

  const blocked = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        fetch("http://127.0.0.1:9/").catch(() => {});
      }),
  );
  expect(await blocked).toBe("connect-src");

  // Seen by the watch that every page test runs under; here it is what was asked for.
  expect(complaints.length).toBeGreaterThan(0);
  complaints.length = 0;
});

test("the first load is at most 130 kB of gzipped JavaScript", async ({ page }) => {
  const scripts = await scriptsOfFirstLoad(page);
  const bytes = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
  console.log(
    `first load: ${(bytes / 1000).toFixed(1)} kB of gzipped JavaScript in ${scripts.length} scripts`,
  );
  expect(scripts.length).toBeGreaterThan(1);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_MAX);
});
