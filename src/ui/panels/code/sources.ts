// SPDX-License-Identifier: GPL-2.0-only
// The texts of all that can run as a path: the kernel, and the system calls that lead into it. They are read, not
// run. Large, so nothing that is loaded with the page may import this.

import { codeSources } from "../../scene/codeSources.ts";

const ENGINE = "../../../engine/";

const texts = import.meta.glob<string>(
  [
    "../../../engine/kernel/**/*.ts",
    "../../../engine/experiments/machine/**/*.ts",
    "!**/*.test.ts",
    "!**/fixture.ts",
  ],
  { query: "?raw", import: "default", eager: true },
);

/** The engine's sources as the page shows them. */
export const SOURCES = codeSources(
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.slice(ENGINE.length), text])),
);
