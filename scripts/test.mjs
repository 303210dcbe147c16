// SPDX-License-Identifier: GPL-2.0-only
// `npm test`: every check in order, and one closing line `N passed, N failed`. N counts tests; a step that has
// none (types, lint, build) or that ran too few adds one to the failed ones when it fails.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandOf, ROOT } from "./root.mjs";
import { countPages, countVitest, shortfall } from "./tally.mjs";

/** The least number of tests per step. Raise a floor with the tests; lower it only together with a reason. */
const FLOORS = { floors: 60, unit: 1800, property: 24, recordings: 51, e2e: 150 };

const reports = mkdtempSync(join(tmpdir(), "lab-test-"));
let passed = 0;
let failed = 0;

/**
 * Runs one command to its end, says how it went, and tells whether it ended with status 0.
 *
 * @param {string} label
 * @param {string[]} args  a script for this Node, and its arguments
 * @param {Record<string, string>} [env]
 */
function run(label, args, env = {}) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`-- ${label}: ${status === 0 ? "ok" : "FAILED"} (${seconds} s)\n`);
  return status === 0;
}

/** For a step without tests: its failure is one failed item. @param {string} label @param {string[]} args */
function check(label, args) {
  const ok = run(label, args);
  if (!ok) failed += 1;
  return ok;
}

/** @param {string} file */
function reportAt(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * Adds up the counts of one runner and holds them against the floors. Where the runner itself failed although no
 * test did (it crashed, wrote no report, or an error came outside of any test), that is one failed item.
 *
 * @param {boolean} ok
 * @param {Partial<Record<keyof typeof FLOORS, import("./tally.mjs").Count>>} counts
 */
function settle(ok, counts) {
  let failures = 0;
  for (const [step, count] of Object.entries(counts)) {
    const complaint = shortfall(step, count, FLOORS[/** @type {keyof typeof FLOORS} */ (step)]);
    console.log(`   ${step}: ${count.passed} passed, ${count.failed} failed`);
    if (complaint !== null) console.log(`   FAILED: ${complaint}`);
    passed += count.passed;
    failures += count.failed + (complaint === null ? 0 : 1);
  }
  failed += !ok && failures === 0 ? 1 : failures;
  console.log();
}

check("types", [commandOf("typescript", "tsc"), "--noEmit"]);
check("lint", [commandOf("@biomejs/biome", "biome"), "check", "."]);

const vitestReport = join(reports, "vitest.json");
const vitest = run("floors, unit, property, recordings", [
  ...[commandOf("vitest", "vitest"), "run", "--allowOnly=false", "--passWithNoTests"],
  ...["--reporter=dot", "--reporter=json", `--outputFile.json=${vitestReport}`],
]);
settle(vitest, countVitest(reportAt(vitestReport) ?? { testResults: [] }));

const nothing = { passed: 0, failed: 0 };
if (
  check("build", [commandOf("vite", "vite"), "build", "--logLevel=warn"]) &&
  check("browser", ["scripts/chromium.mjs"])
) {
  const pageReport = join(reports, "pages.json");
  const pages = run(
    "e2e",
    [commandOf("playwright", "playwright"), "test", "--forbid-only", "--reporter=list,json"],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: pageReport },
  );
  const report = reportAt(pageReport);
  settle(pages, { e2e: report === null ? nothing : countPages(report) });
} else {
  settle(true, { e2e: nothing });
}

rmSync(reports, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
