// SPDX-License-Identifier: GPL-2.0-only
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HOOKS, withoutUnused } from "./leanReact.ts";

const SOURCE = readFileSync("node_modules/react-dom/cjs/react-dom-client.production.js", "utf8");

/** What our components take from React, by name, tests apart. */
const imported = readdirSync("src/ui", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .flatMap((file) => [
    ...readFileSync(`src/ui/${file}`, "utf8").matchAll(
      /import \{([^}]*)\} from "react(?:-dom)?(?:\/client)?";/g,
    ),
  ])
  .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()))
  .filter((name) => name !== "" && !name.startsWith("type "));

describe("what the built page leaves out of React", () => {
  it("is nothing that a component uses", () => {
    const components = ["Component", "StrictMode", "Fragment", "createContext", "memo", "createRoot"];
    const known = [...HOOKS, ...components];
    expect([...new Set(imported)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it("is a tenth of its source before the minifier looks for what is dead, and parses", () => {
    const lean = withoutUnused(SOURCE);
    expect(lean.length).toBeLessThan(SOURCE.length);
    expect(() => new Function("exports", "require", "module", lean)).not.toThrow();
    expect(lean).not.toContain("exports.hydrateRoot =");
    expect(lean).toContain("exports.createRoot =");
  });

  it("keeps each case that a kind of ours comes to", () => {
    const source = `${SOURCE}\nfunction probe(fiber){switch(fiber.tag){case 13:return"suspense";case 5:return"host";case 22:case 6:return"text";default:return fiber.tag===31?"activity":"other"}}`;
    const lean = withoutUnused(source);
    const probe = new Function(`${lean.slice(lean.lastIndexOf("function probe"))};return probe`)();
    expect([5, 6, 0, 22, 31].map((tag) => probe({ tag }))).toEqual([
      "host",
      "text",
      "other",
      "other",
      "other",
    ]);
  });

  it("is not looked for in a source that is another one", () => {
    expect(() => withoutUnused("exports.createRoot = 1;")).toThrow("made for another version");
  });
});
