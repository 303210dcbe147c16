// SPDX-License-Identifier: GPL-2.0-only
// Where the browser for the page tests is. Run as a command it installs Debian's Chromium if it may, and
// otherwise names the one command that does.
import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { argv, env, getuid, platform } from "node:process";
import { fileURLToPath } from "node:url";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

const FIXED_PLACES = [
  "/usr/bin/chromium",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Inside a `chromium-NNNN` folder of a browser that Playwright downloaded. */
const DOWNLOADED = [
  "chrome-linux64/chrome",
  "chrome-linux/chrome",
  "chrome-win64/chrome.exe",
  "chrome-win/chrome.exe",
  "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
  "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
];

/** The browser's program, or undefined. CHROME_PATH goes first, then the PATH, then the usual places. */
export function chromiumPath() {
  return [
    ...(env.CHROME_PATH ? [env.CHROME_PATH] : []),
    ...COMMANDS.flatMap((name) => (env.PATH ?? "").split(delimiter).map((folder) => join(folder, name))),
    ...FIXED_PLACES,
    ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) =>
      env[name] ? [join(env[name], "Google", "Chrome", "Application", "chrome.exe")] : [],
    ),
    ...downloaded(),
  ].find(isRunnable);
}

/** @param {string} path */
function isRunnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Playwright's own downloads, newest first. */
function downloaded() {
  const caches = {
    darwin: join(homedir(), "Library", "Caches"),
    win32: env.LOCALAPPDATA ?? homedir(),
    other: join(homedir(), ".cache"),
  };
  const cache = caches[platform === "darwin" || platform === "win32" ? platform : "other"];
  const folder = env.PLAYWRIGHT_BROWSERS_PATH ?? join(cache, "ms-playwright");
  try {
    const builds = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name));
    return builds
      .sort((a, b) => Number(b.slice("chromium-".length)) - Number(a.slice("chromium-".length)))
      .flatMap((build) => DOWNLOADED.map((program) => join(folder, build, program)));
  } catch {
    return [];
  }
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** Ubuntu's package of that name is a snap, which a container cannot run; there the path stays unfound. */
function installDebianChromium() {
  console.error("Installing Chromium for the page tests (apt-get install chromium); this happens once.");
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    spawnSync("apt-get", ["-qq", ...args], {
      stdio: ["ignore", "ignore", 2],
      env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (chromiumPath() === undefined && isDebian() && getuid?.() === 0) installDebianChromium();
  const found = chromiumPath();
  if (found === undefined) {
    const command = isDebian() ? "sudo apt-get install -y chromium" : "npx playwright install chromium";
    console.error(`The page tests need Chrome or Chromium. Run: ${command}   (or set CHROME_PATH)`);
    process.exit(1);
  }
  console.log(found);
}
