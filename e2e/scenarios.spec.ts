// SPDX-License-Identifier: GPL-2.0-only
// The other scenarios: the picker, what each is about, and that the page and the command line tell the same events.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { playsOf } from "./support/engine.ts";
import { choose, notice, openLab, readout, slider } from "./support/lab.ts";
import { expect, test } from "./support/test.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const run = promisify(execFile);

/** What `lab run NAME --json` prints: each design's hash. */
async function hashesFromCommandLine(name: string): Promise<Record<string, string>> {
  const args = ["scripts/run.mjs", "src/cli/main.ts", "run", name, "--json"];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT });
  const { variants } = JSON.parse(stdout) as { variants: Record<string, { eventsHash: string }> };
  return Object.fromEntries(Object.entries(variants).map(([id, { eventsHash }]) => [id, eventsHash]));
}

test.beforeEach(({ page }) => openLab(page));

for (const name of ["t-a-12", "t-b1", "q35-boot"])
  test(`${name}: the page and the command line tell the same events, to the byte`, async ({ page }) => {
    await choose(page, name);
    const expected = Object.entries(await hashesFromCommandLine(name));
    expect(expected).toHaveLength(2);
    for (const [variant, hash] of expected) {
      expect(hash).toMatch(/^[0-9a-f]{8}$/);
      await expect(page.getByTestId(`hash-${variant}`)).toHaveText(hash);
    }
  });

test("t-b1, with two tasks, opens where the list first breaks an invariant", async ({ page }) => {
  await choose(page, "t-b1");
  const [list, xarray] = playsOf("t-b1");
  const steps = Math.max(list.recording.steps.length, xarray.recording.steps.length);
  await expect(readout(page)).toHaveText(`Step ${list.findings[0]?.step} / ${steps}`);
  await expect(
    page.getByRole("button", { name: "I3 and I4 broken under LIST: show where it began" }),
  ).toBeVisible();
});

test("q35-boot opens where the slot with the machine's RAM is refused, and says at which index", async ({
  page,
}) => {
  await choose(page, "q35-boot");
  const [, posted] = playsOf("q35-boot");
  const { steps } = posted.recording;
  const refused = steps.find(({ events }) =>
    events.some((event) => event.type === "bind.refused" && event.end - event.start > 200_000),
  );
  await expect(page.getByTestId("operation")).toContainText(
    `Operation ${(refused?.operation ?? -1) + 1} / 43`,
  );
  const panel = page.getByRole("region", { name: /XARRAY as posted/ });
  await expect(panel.getByText(/index 256/).first()).toBeVisible();
});

test("a scenario that cannot be fetched leaves the page as it was and says what to do", async ({
  page,
  complaints,
}) => {
  await page.route("**/scenarios/*.json", (route) => route.abort());
  const before = await readout(page).textContent();
  await page.getByLabel("Scenario").selectOption("q35-boot");
  await expect(notice(page)).toHaveText(/could not be fetched.*choose the scenario again/);
  await expect(readout(page)).toHaveText(before ?? "");
  await expect(page.getByLabel("Scenario")).toHaveValue("t-a-12");
  expect(complaints.length).toBeGreaterThan(0); // the browser says that the request failed
  complaints.length = 0;
});

test("the honest case of 4,096 memslots loads while the page says so, and is shown", async ({ page }) => {
  await page.getByLabel("Scenario").selectOption("t-a-all");
  await expect(notice(page)).toHaveText("Playing t-a-all.");
  await expect(slider(page)).toHaveAttribute("max", /^3\d{4}$/, { timeout: 20_000 });
  await expect(notice(page)).toHaveText("");
});
