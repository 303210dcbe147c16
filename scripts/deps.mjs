// SPDX-License-Identifier: GPL-2.0-only
// Runs before every npm script: checks Node and installs the packages where they are missing. Node built-ins
// only. Everything it says goes to stderr: the standard output of `npm run -s lab` belongs to the result.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { firstMissing } from "./installed.mjs";
import { ROOT } from "./root.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
  console.error(`This needs Node 20.19 or newer, or 22.12 or newer; the node in use is ${process.version}.`);
  process.exit(1);
}

/** @param {string} path @returns {import("./installed.mjs").Lock | null} */
function lockAt(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}

/** npm ci with the npm that runs us, where there is one: on Windows `npm` is no program but a .cmd file. */
function install() {
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const npmScript = process.env.npm_execpath;
  const viaNode = npmScript !== undefined && /\.c?js$/.test(npmScript);
  return spawnSync(viaNode ? process.execPath : "npm", viaNode ? [npmScript, ...args] : args, {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    shell: !viaNode && process.platform === "win32",
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
}

const wanted = lockAt(join(ROOT, "package-lock.json"));
if (wanted === null) {
  console.error("package-lock.json is missing; it belongs to the repository: git checkout package-lock.json");
  process.exit(1);
}
if (firstMissing(wanted, lockAt(join(ROOT, "node_modules", ".package-lock.json")), process) !== null) {
  console.error("Installing packages (npm ci); this happens once.");
  const { status, error } = install();
  if (status !== 0) {
    console.error(`npm ci failed${error ? `: ${error.message}` : ""}; is the network there?`);
    process.exit(status ?? 1);
  }
}
