// SPDX-License-Identifier: GPL-2.0-only
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The command line in a process of its own. */
function lab(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/run.mjs", "src/cli/main.ts", ...args],
    { cwd: root, input: "", encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

it("without a verb, and asked for help, it names every verb and what it takes", () => {
  const plain = lab();
  expect(plain).toMatchObject({ status: 0, stderr: "" });
  expect(lab("help")).toEqual(plain);
  expect(lab("--help")).toEqual(plain);
  for (const verb of [
    "list",
    "run NAME|FILE",
    "fanout",
    "xarray",
    "xarray-replay FILE…",
    "import strace FILE",
  ])
    expect(plain.stdout).toContain(`\n  ${verb}`);
});

it("a verb that there is not is exit status 2, one line on stderr, nothing on stdout", () => {
  for (const verb of ["rnu", "toString", "a\nb"])
    expect(lab(verb)).toEqual({
      status: 2,
      stdout: "",
      stderr: `lab: there is no verb ${JSON.stringify(verb)}; there are list, run, fanout, xarray, xarray-replay, import\n`,
    });
});

it("hands the words on, the result to stdout, and the status to whoever called", () => {
  const run = lab("run", "t-f", "--json");
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toMatchObject({
    scenario: "t-f",
    variants: { review: { bindsRefused: 1 } },
  });
  expect(lab("run", "absent")).toMatchObject({ status: 2, stdout: "" });
  expect(lab("list").stdout).toContain("q35-boot");
});
