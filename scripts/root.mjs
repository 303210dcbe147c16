// SPDX-License-Identifier: GPL-2.0-only
// The folder of the repository, wherever it was cloned to, and the package commands that stand in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the repository, without a slash at the end. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * The script behind a package's command, to be run with this same Node. The links in `node_modules/.bin` are
 * shell scripts on some systems, and `npx` costs half a second.
 *
 * @param {string} packageName
 * @param {string} command
 */
export function commandOf(packageName, command) {
  const folder = join(ROOT, "node_modules", packageName);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const script = typeof bin === "string" ? bin : bin[command];
  if (script === undefined) throw new Error(`package ${packageName} has no command ${command}`);
  return join(folder, script);
}
