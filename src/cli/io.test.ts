// SPDX-License-Identifier: GPL-2.0-only
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs `body` in a process of its own, with `io` at hand. */
function inProcess(body: string, input: string) {
  const module = new URL("./io.ts", import.meta.url).href;
  const program = `import { processIo } from ${JSON.stringify(module)}; const io = processIo([]); ${body}`;
  const flags = ["--import", "tsx", "--input-type=module", "-e", program];
  return spawnSync(process.execPath, flags, { cwd: root, input, encoding: "utf8", maxBuffer: 2 ** 26 });
}

it("a text longer than any pipe holds arrives whole, also right before the process exits", () => {
  const text = "Größe 4096\n".repeat(50_000);
  const { status, stdout, stderr } = inProcess(
    'io.out(io.readStdin()); io.err("done\\n"); process.exit(3);',
    text,
  );
  expect([status, stderr]).toEqual([3, "done\n"]);
  expect(stdout === text).toBe(true);
});

it("no standard input is an empty text", () => {
  expect(inProcess("io.out(JSON.stringify(io.readStdin()));", "").stdout).toBe('""');
});
