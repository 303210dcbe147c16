// SPDX-License-Identifier: GPL-2.0-only
// Runs a TypeScript program of this repository: `node scripts/run.mjs src/cli/main.ts ARGUMENT...`. Node 20 can't
// read TypeScript, and a loader that translates file by file starts several times slower than one bundle. Missing
// packages are installed first; the bundle is kept until a source changes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import "./deps.mjs";
import { ROOT } from "./root.mjs";

const [program = "", ...args] = process.argv.slice(2);
const entry = join(ROOT, program);
const kept = join(
  ROOT,
  "node_modules",
  ".cache",
  "run",
  `${program.replaceAll("/", "-")}.${sourcesKey()}.mjs`,
);
if (!existsSync(kept)) await bundle();
process.argv = [process.argv[0] ?? "node", entry, ...args];
await import(pathToFileURL(kept).href);

/** A short name for the state of all sources: their paths, sizes and times of change. */
function sourcesKey() {
  const hash = createHash("sha256").update(process.version);
  for (const folder of ["src", "bench", "scripts"])
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const path = join(file.parentPath ?? file.path, file.name);
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path} ${size} ${mtimeMs}\n`);
    }
  return hash.digest("hex").slice(0, 16);
}

/** Writes the bundle whole or not at all: two programs may start at the same moment. */
async function bundle() {
  const { buildSync } = await import("esbuild");
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    // It looks for its own files beside itself.
    external: ["playwright"],
    // What lies beside the program is looked for from its own folder, as if nothing had been bundled.
    define: { "import.meta.url": JSON.stringify(pathToFileURL(entry).href) },
  });
  const folder = dirname(kept);
  mkdirSync(folder, { recursive: true });
  const name = program.replaceAll("/", "-");
  for (const old of readdirSync(folder))
    if (old.startsWith(`${name}.`)) rmSync(join(folder, old), { force: true });
  const fresh = join(folder, `.${process.pid}.mjs`);
  writeFileSync(fresh, outputFiles[0]?.contents ?? "");
  renameSync(fresh, kept);
}
