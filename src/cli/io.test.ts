// SPDX-License-Identifier: GPL-2.0-only
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, it } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Runs `body` in a process of its own, with `io` at hand. */
function inProcess(body: string, input: string) {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `import { processIo } from "./io.ts"; const io = processIo([]); ${body}`,
      resolveDir: here,
    },
    ...{ bundle: true, write: false, platform: "node", format: "esm" },
  });
  const flags = ["--input-type=module", "-e", outputFiles[0]?.text ?? ""];
  return spawnSync(process.execPath, flags, { input, encoding: "utf8", maxBuffer: 2 ** 26 });
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
