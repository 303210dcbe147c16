// SPDX-License-Identifier: GPL-2.0-only
// Same scenario, same choices, same events: code that may see a clock, chance, the screen or the machine it runs on
// cannot promise that.
import { type Node, visitNodes } from "./source.ts";

const FORBIDDEN = new Set([
  ...["Date", "performance", "setTimeout", "setInterval", "setImmediate", "requestAnimationFrame"],
  ...["crypto", "Intl", "globalThis", "process", "Buffer", "require", "console"],
  ...["window", "document", "navigator", "location", "localStorage", "sessionStorage", "matchMedia"],
  ...["fetch", "XMLHttpRequest", "WebSocket", "Worker", "HTMLElement", "SVGElement", "Element"],
]);

/** Fields of a node that hold a name which means nothing outside of an object: `a.Date`, `{ Date: 1 }`. */
const NAMES_ONLY = new Set(["property", "key"]);

/** Fields of a node in which a name is given instead of used: a parameter, a variable, an import. */
const NAMES_GIVEN = new Set(["params", "param", "id", "local"]);

/**
 * The forbidden names that `text` uses, each once; `Math.random` among them. Words in comments are free, and so is
 * a name that the file gives to something of its own.
 */
export function impuritiesOf(path: string, text: string): string[] {
  const used = new Set<string>();
  const given = new Set<string>();
  visitNodes(path, text, (node, parent, field) => {
    if (node.type === "Identifier") {
      const isNameOnly = NAMES_ONLY.has(field) && parent?.computed !== true;
      const name = node.name as string;
      if (NAMES_GIVEN.has(field)) given.add(name);
      else if (!isNameOnly && FORBIDDEN.has(name)) used.add(name);
    }
    if (
      node.type === "MemberExpression" &&
      nameOf(node.object) === "Math" &&
      nameOf(node.property) === "random"
    ) {
      used.add("Math.random");
    }
  });
  return [...used].filter((name) => !given.has(name));
}

const nameOf = (node: unknown) => (node as Node).name ?? (node as Node).value;
