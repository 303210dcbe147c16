// SPDX-License-Identifier: GPL-2.0-only
// `test` for every page test: it fails by itself where the page asked for anything but its own files, wrote to the
// console's error or warning channel, or threw.
import { test as plain } from "playwright/test";

export { expect } from "playwright/test";

interface Watched {
  /** What the page did that it never may, in the order in which it happened. Read after each test. */
  complaints: string[];
}

const isOwn = (url: string, baseURL: string) => new URL(url).origin === new URL(baseURL).origin;

export const test = plain.extend<Watched>({
  complaints: [
    async ({ page, baseURL }, use) => {
      const home = baseURL ?? "";
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(`threw: ${error.message}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
      });
      page.on("request", (request) => {
        if (!isOwn(request.url(), home)) complaints.push(`asked for ${request.url()}`);
      });
      page.on("response", (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
      });
      await use(complaints);
      if (complaints.length > 0) throw new Error(`The page misbehaved:\n${complaints.join("\n")}`);
    },
    { auto: true },
  ],
});
