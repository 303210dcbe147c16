// SPDX-License-Identifier: GPL-2.0-only
// What broke has room at every size: whole lines, the latest finding among them.
import { readout } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

/** The height of a line on a wide page and on a narrow one, in pixels. */
const LINES = { wide: 18, narrow: 22 };

for (const { scenario, size, key, says, lines } of [
  { scenario: "t-b4", size: [1440, 900], key: "", says: "A punch has ended", lines: 4 },
  { scenario: "t-r", size: [1440, 900], key: "", says: "faults on gfn 5", lines: 4 },
  { scenario: "t-b4", size: [1440, 900], key: "2", says: "below zero", lines: 6 },
  { scenario: "t-b4", size: [1920, 1080], key: "2", says: "is in the guest with a cached", lines: 11 },
  { scenario: "t-n", size: [1440, 900], key: "3", says: "which ends at page 0", lines: 4 },
  { scenario: "t-q", size: [820, 1180], key: "", says: "faults on gfn 4", lines: 5 },
] as const)
  test(`${scenario} ${key === "" ? "compared" : "alone"} at ${size.join(" by ")}: ${lines} whole lines`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: size[0], height: size[1] });
    await page.goto(`./#v1&scenario=${scenario}`);
    await expect(readout(page)).toBeVisible();
    await page.keyboard.press("End");
    if (key !== "") await page.keyboard.press(key);
    const findings = page.getByRole("region", { name: "Findings", exact: true });
    await expect(findings.getByText(says).first()).toBeInViewport({ ratio: 1 });
    const line = LINES[size[0] < 1280 ? "narrow" : "wide"];
    const height = await findings.evaluate((own) => own.clientHeight);
    expect(height).toBeGreaterThanOrEqual(lines * line);
    expect(height % line).toBe(0);
  });
