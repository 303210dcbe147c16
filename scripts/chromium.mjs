// SPDX-License-Identifier: GPL-2.0-only
// Where the browser for the page tests is. Run as a command it installs Debian's Chromium if it may, and
// otherwise names the one command that does.
//
// A headless shell is Chromium without the window that nobody sees: no tabs, no toolbar. It draws pages with the same
// code, and each test costs half the processor time. So it goes before any Chromium, and Debian's package of it is
// installed where it is not found.
import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { argv, env, getuid, platform } from "node:process";
import { fileURLToPath } from "node:url";

/** Debian's names of them. */
const [SHELL_PACKAGE, WHOLE_PACKAGE] = ["chromium-headless-shell", "chromium"];

const SHELL = {
  commands: ["chromium-headless-shell", "chrome-headless-shell"],
  fixedPlaces: ["/usr/bin/chromium-headless-shell"],
  /** Folders of Playwright's own downloads, and the programs inside one. */
  build: /^chromium_headless_shell-(\d+)$/,
  programs: [
    "chrome-headless-shell-linux64/chrome-headless-shell",
    "chrome-headless-shell-win64/chrome-headless-shell.exe",
    "chrome-headless-shell-mac-x64/chrome-headless-shell",
    "chrome-headless-shell-mac-arm64/chrome-headless-shell",
  ],
};

const WHOLE = {
  commands: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"],
  fixedPlaces: [
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) =>
      env[name] ? [join(env[name], "Google", "Chrome", "Application", "chrome.exe")] : [],
    ),
  ],
  build: /^chromium-(\d+)$/,
  programs: [
    "chrome-linux64/chrome",
    "chrome-linux/chrome",
    "chrome-win64/chrome.exe",
    "chrome-win/chrome.exe",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
  ],
};

/** The browser's program, or undefined. CHROME_PATH goes first, then a shell, then a whole Chromium. */
export function chromiumPath() {
  const told = env.CHROME_PATH;
  return told && isRunnable(told) ? told : (pathOf(SHELL) ?? pathOf(WHOLE));
}

/** On the PATH, then in the usual places, then among Playwright's downloads. @param {typeof SHELL} browser */
const pathOf = ({ commands, fixedPlaces, build, programs }) =>
  [
    ...commands.flatMap((name) => (env.PATH ?? "").split(delimiter).map((folder) => join(folder, name))),
    ...fixedPlaces,
    ...downloaded(build, programs),
  ].find(isRunnable);

/** @param {string} path */
function isRunnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Playwright's own downloads, newest first. @param {RegExp} build @param {string[]} programs */
function downloaded(build, programs) {
  const caches = {
    darwin: join(homedir(), "Library", "Caches"),
    win32: env.LOCALAPPDATA ?? homedir(),
    other: join(homedir(), ".cache"),
  };
  const cache = caches[platform === "darwin" || platform === "win32" ? platform : "other"];
  const folder = env.PLAYWRIGHT_BROWSERS_PATH ?? join(cache, "ms-playwright");
  /** @param {string} name */
  const numberOf = (name) => Number(build.exec(name)?.[1]);
  try {
    return readdirSync(folder)
      .filter((name) => build.test(name))
      .sort((a, b) => numberOf(b) - numberOf(a))
      .flatMap((name) => programs.map((program) => join(folder, name, program)));
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

/** Neither Ubuntu has that package nor Debian before 12. */
const isShellOffered = () =>
  spawnSync("apt-cache", ["show", SHELL_PACKAGE], { stdio: "ignore" }).status === 0;

/** Ubuntu's package of the second name is a snap, which a container cannot run; there the path stays unfound. */
function installDebianChromium() {
  console.error("Installing Chromium for the page tests (apt-get install); this happens once.");
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync("apt-get", ["-qq", ...args], {
      stdio: ["ignore", "ignore", 2],
      env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  apt("update");
  [SHELL_PACKAGE, WHOLE_PACKAGE].some((name) => apt("install", "-y", "--no-install-recommends", name));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const isWanting =
    chromiumPath() === undefined || (!env.CHROME_PATH && pathOf(SHELL) === undefined && isShellOffered());
  if (isWanting && isDebian() && getuid?.() === 0) installDebianChromium();
  const found = chromiumPath();
  if (found === undefined) {
    const command = isDebian() ? "sudo apt-get install -y chromium" : "npx playwright install chromium";
    console.error(`The page tests need Chrome or Chromium. Run: ${command}   (or set CHROME_PATH)`);
    process.exit(1);
  }
  console.log(found);
}
