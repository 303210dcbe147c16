// SPDX-License-Identifier: GPL-2.0-only
// The licences of what the built page may carry, as `public/third-party-notices.txt`. Run it after a change of
// dependencies: `node scripts/notices.mjs`. A test holds the file against what this would write.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { ROOT } from "./root.mjs";

export const NOTICES = "public/third-party-notices.txt";

const HEAD = `Restricted Memory Lab is free software under the GNU General Public License, version 2 only.
The page carries code and fonts of the packages below, each under its own licence. Packages with the same
licence text stand together above it.
`;

/** The package.json of an installed package. @param {string} name */
function manifestOf(name) {
  /** @type {{ version: string, license: string, dependencies?: Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8"));
  return manifest;
}

/**
 * Every package that the runtime dependencies bring along, themselves included, in order of the alphabet. What
 * the bundler leaves out is named too: a notice too many is no harm.
 */
export function runtimePackages() {
  /** @type {{ dependencies: Record<string, string> }} */
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const names = new Set(Object.keys(dependencies));
  for (const name of names)
    for (const next of Object.keys(manifestOf(name).dependencies ?? {})) names.add(next);
  return [...names].sort();
}

/** @param {string} name */
function licenceTextOf(name) {
  const folder = join(ROOT, "node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.md|\.txt)?$/i.test(entry));
  if (file === undefined) throw new Error(`${name} carries no licence text`);
  return readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
}

/** The whole text of the notices. */
export function notices() {
  /** @type {Map<string, string[]>} */
  const titlesByText = new Map();
  for (const name of runtimePackages()) {
    const { version, license } = manifestOf(name);
    const text = licenceTextOf(name);
    titlesByText.set(text, [...(titlesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const rule = "=".repeat(80);
  const parts = [...titlesByText].map(([text, titles]) => `${rule}\n${titles.join("\n")}\n\n${text}\n`);
  return [HEAD, ...parts].join("\n");
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(ROOT, NOTICES), notices());
