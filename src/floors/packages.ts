// SPDX-License-Identifier: GPL-2.0-only
// Which packages a part of the house may import. Tests may import any that is installed.
import type { Import } from "./imports.ts";
import { isTest } from "./source.ts";

/** The first part whose folder fits decides. `runtime`: whatever package.json lists as a dependency. */
const ALLOWED: readonly { folder: RegExp; packages: readonly string[] | "runtime" }[] = [
  { folder: /^src\/engine\//, packages: ["valibot"] },
  { folder: /^src\/cli\//, packages: ["node:"] },
  { folder: /^src\/ui\/(scene|text)\//, packages: ["d3"] },
  { folder: /^src\/ui\//, packages: "runtime" },
];

/** `react` of `react/jsx-runtime`, `@a/b` of `@a/b/c.css`, `node:` of every built-in of Node. */
const packageOf = (specifier: string) => /^node:|^@[^/]+\/[^/]+|^[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Why `from` may not import the package, or null where it may. */
export function complaintAboutPackage({ from, to }: Import, runtime: readonly string[]): string | null {
  if (isTest(from)) return null;
  const packages = ALLOWED.find(({ folder }) => folder.test(from))?.packages ?? [];
  if ((packages === "runtime" ? runtime : packages).includes(packageOf(to))) return null;
  return `${from} imports ${to}: not a package that this part of the house may use`;
}
