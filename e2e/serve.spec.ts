// SPDX-License-Identifier: GPL-2.0-only
// What `npm start` does once the page is built.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "playwright/test";

const SERVE = fileURLToPath(new URL("../scripts/serve.mjs", import.meta.url));

/** Holds a free port of 127.0.0.1, so that nobody else can have it. */
async function heldPort(): Promise<{ port: number; holder: Server }> {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, holder };
}

/** The first line that a program prints. */
async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("nothing to read");
  const [line] = await once(createInterface(stdout), "line");
  return line;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`the server takes a later port where the usual one is taken, prints it, and ends at ${signal}`, async ({
    request,
  }) => {
    const { port, holder } = await heldPort();
    const server = spawn(process.execPath, [SERVE, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const address = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(await firstLine(server));
      expect(Number(address?.[1])).toBeGreaterThan(port);
      const page = await request.get(address?.[0] ?? "");
      expect(await page.text()).toContain("<title>Restricted Memory Lab</title>");
      expect((await request.get(`${address?.[0]}scenarios/none.json`)).status()).toBe(404);

      server.kill(signal);
      expect(await once(server, "exit")).toEqual([0, null]);
    } finally {
      server.kill("SIGKILL");
      holder.close();
    }
  });
}

test("under npm the server ends when the shell between them is gone", async ({ request }) => {
  const { port, holder } = await heldPort();
  holder.close();
  // `; :` keeps the shell from handing its own process over to node.
  const shell = spawn("sh", ["-c", `"${process.execPath}" "${SERVE}" ${port}; :`], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: "start" },
  });
  const address = /http:\S+/.exec(await firstLine(shell))?.[0] ?? "";
  expect((await request.get(address)).ok()).toBe(true);
  shell.kill("SIGKILL");
  await expect
    .poll(() =>
      request.get(address).then(
        () => "answers",
        () => "gone",
      ),
    )
    .toBe("gone");
});
