// SPDX-License-Identifier: GPL-2.0-only
// Reads what vitest and Playwright report and counts it per step. No step may pass by running nothing.

/**
 * @typedef {{ passed: number, failed: number }} Count  A skipped test is a failed one: nobody learns from it.
 * @typedef {{ name: string, status: string, assertionResults: { status: string }[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} PageReport
 */

/**
 * Which step a test file belongs to, told by its name alone.
 *
 * @param {string} file
 */
export function stepOf(file) {
  if (/\bfloors\.test\.tsx?$/.test(file)) return "floors";
  if (/\.property\.test\.tsx?$/.test(file)) return "property";
  if (/\brecordings\.test\.tsx?$/.test(file)) return "recordings";
  return "unit";
}

/**
 * Counts per step of one vitest run. A file that could not even be loaded has no test to count, so it counts
 * as one failure itself.
 *
 * @param {VitestReport} report
 * @returns {Record<"floors" | "unit" | "property" | "recordings", Count>}
 */
export function countVitest(report) {
  const none = () => ({ passed: 0, failed: 0 });
  const counts = { floors: none(), unit: none(), property: none(), recordings: none() };
  for (const { name, status, assertionResults } of report.testResults) {
    const count = counts[stepOf(name)];
    const passed = assertionResults.filter((test) => test.status === "passed").length;
    const failed = assertionResults.length - passed;
    count.passed += passed;
    count.failed += failed === 0 && status !== "passed" ? 1 : failed;
  }
  return counts;
}

/**
 * Counts of one Playwright run. A test that passed only when repeated has failed.
 *
 * @param {PageReport} report
 * @returns {Count}
 */
export function countPages({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

/**
 * The complaint about a step that ran fewer than `floor` tests, or null.
 *
 * @param {string} step
 * @param {Count} count
 * @param {number} floor
 */
export function shortfall(step, { passed, failed }, floor) {
  const ran = passed + failed;
  return ran < floor ? `${step} ran ${ran} tests; its floor in scripts/test.mjs is ${floor}` : null;
}
