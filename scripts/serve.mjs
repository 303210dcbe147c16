// SPDX-License-Identifier: GPL-2.0-only
// Serves the built page on this machine alone. `node scripts/serve.mjs [PORT]`.
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import { ROOT } from "./root.mjs";

/** What `npm start` asks for first. */
export const USUAL_PORT = 4173;

/**
 * Serves `dist` on 127.0.0.1 at `port`, or at the next port above it that is free, prints the address and
 * keeps on until SIGINT or SIGTERM, which end the process with status 0, or until the npm that started it is gone.
 *
 * @param {number} port
 */
export async function serve(port) {
  const server = await preview({
    root: ROOT,
    logLevel: "warn",
    preview: { host: "127.0.0.1", port, strictPort: false },
  });
  console.log(`Restricted Memory Lab: ${server.resolvedUrls?.local[0]}   (Ctrl+C ends it)`);
  const end = async () => {
    // Said before the wait: Vite listens to SIGTERM too and would end the process with a failure of its own.
    process.exitCode = 0;
    await server.close();
    process.exit();
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  endWithNpm(end);
}

/**
 * npm runs us through a shell, and a signal sent to npm kills that shell and goes no further. So under npm, having
 * lost the parent is the signal.
 *
 * @param {() => void} end
 */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event !== "start") return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 250).unref();
}

if (argv[1] === fileURLToPath(import.meta.url)) await serve(Number(argv[2] ?? USUAL_PORT));
