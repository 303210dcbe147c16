// SPDX-License-Identifier: GPL-2.0-only
// Runs a TypeScript program of this repository: `node scripts/run.mjs src/cli/main.ts ARGUMENT...`. Node 20 can't
// read TypeScript, and a loader that translates file by file starts several times slower than one bundle. Missing
// packages are installed first.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import "./deps.mjs";
import { ROOT } from "./root.mjs";

const { buildSync } = await import("esbuild");

const [program = "", ...args] = process.argv.slice(2);
const entry = join(ROOT, program);
const { outputFiles } = buildSync({
  entryPoints: [entry],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  target: "node20",
  // What lies beside the program is looked for from its own folder, as if nothing had been bundled.
  define: { "import.meta.url": JSON.stringify(pathToFileURL(entry).href) },
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
process.argv = [process.argv[0] ?? "node", entry, ...args];
await import(`data:text/javascript;base64,${code}`);
