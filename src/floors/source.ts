// SPDX-License-Identifier: GPL-2.0-only
// The repository's files, and one source file as a syntax tree.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** Absolute path of the repository, with a slash at the end. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The text of `path`, which counts from the repository's root. */
export const textOf = (path: string): string => readFileSync(ROOT + path, "utf8");

/**
 * Every file that belongs to the repository, as paths with forward slashes from its root, sorted. What .gitignore
 * names is left out. Git is not asked: it refuses in a folder that belongs to another user.
 */
export function filesOfRepository(): string[] {
  const ignored = new Set([
    ".git",
    ...textOf(".gitignore")
      .split(/\s+/)
      .map((line) => line.replace(/\/$/, "")),
  ]);
  const walk = (folder: string): string[] =>
    readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
      if (ignored.has(entry.name)) return [];
      return entry.isDirectory() ? walk(`${folder}${entry.name}/`) : [folder + entry.name];
    });
  return walk("").sort();
}

export const isCode = (path: string) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts");
export const isTest = (path: string) => /\.test\.tsx?$/.test(path);

/** One node of the tree. Fields hold values, nodes or lists of nodes. */
export type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Calls `visit` for each node of `text`, parents first, with the parent and the field that holds the node. */
export function visitNodes(
  path: string,
  text: string,
  visit: (node: Node, parent: Node | null, field: string) => void,
): void {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const walk = (node: Node, parent: Node | null, field: string): void => {
    visit(node, parent, field);
    for (const [key, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, node, key);
    }
  };
  walk(program as unknown as Node, null, "");
}
