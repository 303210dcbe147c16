// SPDX-License-Identifier: GPL-2.0-only
// What a source file takes from elsewhere: import and export from, import() of values and of types, and
// `new URL("...", import.meta.url)`, which is how a worker is named.
import { posix } from "node:path";
import { type Node, visitNodes } from "./source.ts";

export interface Import {
  /** The file that imports, from the repository's root. */
  from: string;
  /** A path from the repository's root for a file of ours, else the package's specifier as it is written. */
  to: string;
  /** Whether `to` is a file of ours. */
  own: boolean;
}

/** Every import of `text`, which stands in `from`. Type-only imports count like any other. */
export function importsOf(from: string, text: string): Import[] {
  const found: Import[] = [];
  visitNodes(from, text, (node) => {
    const specifier = specifierOf(node);
    if (specifier === null) return;
    const own = specifier.startsWith(".");
    const bare = specifier.replace(/\?.*$/, "");
    found.push({ from, to: own ? posix.join(posix.dirname(from), bare) : bare, own });
  });
  return found;
}

function specifierOf(node: Node): string | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return stringOf(node.source);
    case "NewExpression": {
      const [path, base] = node.arguments as Node[];
      const isUrl = (node.callee as Node).name === "URL" && base?.type === "MemberExpression";
      const file = isUrl ? stringOf(path) : null;
      return file !== null && /\.tsx?$/.test(file) ? file : null; // a test may read a recording that way
    }
    default:
      return null;
  }
}

function stringOf(node: unknown): string | null {
  const value = (node as { value?: unknown } | null | undefined)?.value;
  return typeof value === "string" ? value : null;
}
