// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The six-digit colours of the block that begins with `selector`. */
function coloursOf(selector: string): Map<string, string> {
  const at = css.indexOf(`${selector} {`);
  const block = css.slice(at, css.indexOf("}", at));
  return new Map([...block.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]));
}

/** Relative luminance as WCAG 2 defines it, 0 (black) to 1 (white). */
function luminance(colour: string): number {
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** 1 (the same) to 21 (black on white), either way round. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const TEXT = ["ink", "ink-2", "ink-3", "list", "xarray", "cut", "needed", "lock", "violation"];
const MARKS = ["allocated", "wasted"];

it("contrast() is WCAG's: 21 for black on white, 4.54 for #767676 on white", () => {
  expect(contrast("000000", "ffffff")).toBeCloseTo(21, 5);
  expect(contrast("767676", "ffffff")).toBeCloseTo(4.54, 2);
});

describe.each(["dark", "light"])("%s", (theme) => {
  const colours = coloursOf(`:root[data-theme="${theme}"]`);
  const lowest = (names: string[], grounds: string[]) =>
    names.flatMap((name) =>
      grounds.map((ground) => ({
        pair: `${name} on ${ground}`,
        ratio: contrast(colours.get(name)!, colours.get(ground)!),
      })),
    );

  it("every colour that carries text has 4.5 against the page and the panels", () => {
    expect(lowest(TEXT, ["bg", "panel"]).filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  it("what stands in controls, slots and the primary button has 4.5 too", () => {
    expect(lowest(["ink", "ink-2"], ["raised", "slot"]).filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    expect(contrast(colours.get("bg")!, colours.get("ink")!)).toBeGreaterThan(4.5);
  });

  it("every colour that only marks has 3 against the page and the panels", () => {
    expect(lowest(MARKS, ["bg", "panel"]).filter(({ ratio }) => ratio < 3)).toEqual([]);
  });
});

it("both themes name the same colours", () => {
  const names = (theme: string) => [...coloursOf(`:root[data-theme="${theme}"]`).keys()];
  expect(names("light")).toEqual(names("dark"));
  expect(names("dark").length).toBeGreaterThan(15);
});
