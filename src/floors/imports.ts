// SPDX-License-Identifier: GPL-2.0-only
// What a source file takes from elsewhere: import and export from, import() of values and of types,
// `new URL("...", import.meta.url)`, which is how a worker is named, and `import.meta.glob("...")`, which imports
// whatever fits a pattern. A glob with the query `?raw` brings texts to be read, and texts are no imports.
import { posix } from "node:path";
import { type Node, visitNodes } from "./source.ts";

export interface Import {
  /** The file that imports, from the repository's root. */
  from: string;
  /** A path from the repository's root for a file of ours, or a pattern of paths; else the package's specifier. */
  to: string;
  /** Whether `to` is a file of ours. */
  own: boolean;
}

/** Every import of `text`, which stands in `from`. Type-only imports count like any other. */
export function importsOf(from: string, text: string): Import[] {
  const found: Import[] = [];
  visitNodes(from, text, (node) => {
    for (const specifier of specifiersOf(node)) {
      const bare = specifier.replace(/\?.*$/, "");
      if (specifier.startsWith("."))
        found.push({ from, to: posix.join(posix.dirname(from), bare), own: true });
      else if (specifier.startsWith("/")) found.push({ from, to: bare.slice(1), own: true });
      else found.push({ from, to: bare, own: false });
    }
  });
  return found;
}

function specifiersOf(node: Node): string[] {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return stringsOf(node.source);
    case "NewExpression": {
      const [path, base] = node.arguments as Node[];
      const isUrl = (node.callee as Node).name === "URL" && base?.type === "MemberExpression";
      return isUrl ? stringsOf(path).filter((file) => /\.tsx?$/.test(file)) : []; // a test may read a recording so
    }
    case "CallExpression": {
      const [patterns, options] = node.arguments as Node[];
      if (!isGlob(node.callee as Node) || isRaw(options)) return [];
      return stringsOf(patterns).filter((pattern) => !pattern.startsWith("!"));
    }
    default:
      return [];
  }
}

function isGlob({ type, object, property }: Node): boolean {
  const isMeta = type === "MemberExpression" && (object as Node).type === "MetaProperty";
  return isMeta && (property as Node).name === "glob";
}

const isRaw = (options: Node | undefined): boolean =>
  ((options?.properties ?? []) as Node[]).some(
    ({ key, value }) => (key as Node | undefined)?.name === "query" && stringsOf(value).includes("?raw"),
  );

/** The string that `node` is, or the strings of the list that it is; none where it is anything else. */
function stringsOf(node: unknown): string[] {
  const { elements, value } = (node ?? {}) as { elements?: unknown[]; value?: unknown };
  if (elements !== undefined) return elements.flatMap(stringsOf);
  return typeof value === "string" ? [value] : [];
}
