// SPDX-License-Identifier: GPL-2.0-only
import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright/test";

export interface Script {
  url: string;
  /** Bytes after gzip, as a server that compresses would send it. */
  gzipped: number;
}

/** Opens the page and returns every script that it has fetched once the network is quiet, workers' included. */
export async function scriptsOfFirstLoad(page: Page): Promise<Script[]> {
  const responses: Response[] = [];
  page.on("response", (response) => {
    if (/javascript/.test(response.headers()["content-type"] ?? "")) responses.push(response);
  });
  await page.goto("./", { waitUntil: "networkidle" });
  return Promise.all(
    responses.map(async (response) => ({
      url: response.url(),
      gzipped: gzipSync(await response.body(), { level: 9 }).length,
    })),
  );
}
