// SPDX-License-Identifier: GPL-2.0-only
// Whatever the style sheets paint with the theme's colours can be seen on what it stands on: read from the sheets,
// so that a new rule is held to it too.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The colours of the block that begins with `selector`, in six digits, or eight with a share of the ground. */
function coloursOf(selector: string): Map<string, string> {
  const at = css.indexOf(`${selector} {`);
  const block = css.slice(at, css.indexOf("}", at));
  return new Map(
    [...block.matchAll(/--([\w-]+): #([0-9a-f]{6}(?:[0-9a-f]{2})?);/g)].map((m) => [m[1]!, m[2]!]),
  );
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

it("contrast() is WCAG's: 21 for black on white, 4.54 for #767676 on white", () => {
  expect(contrast("000000", "ffffff")).toBeCloseTo(21, 5);
  expect(contrast("767676", "ffffff")).toBeCloseTo(4.54, 2);
});

/** What a sheet paints with a colour of the theme, in one rule. */
interface Use {
  /** `panels/bill/Bill.module.css .split`. */
  where: string;
  property: string;
  token: string;
  /** Below 1 where the rule lets its ground shine through. */
  opacity: number;
  /** What the rule itself paints behind. */
  ground: string | null;
}

/** `--hue` is the hue of the design whose panel it is; in a row that belongs to none it is ink. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = { hue: ["list", "xarray", "ink-2"] };

const SHEETS = readdirSync(new URL("..", import.meta.url), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".css") && !file.endsWith("tokens.css"))
  .map((file) => file.replaceAll("\\", "/"))
  .sort();

function usesIn(sheet: string): Use[] {
  const text = readFileSync(new URL(`../${sheet}`, import.meta.url), "utf8").replace(/\/\*.*?\*\//gs, "");
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector = "", body = ""]) => {
    const declarations = [...body.matchAll(/([\w-]+)\s*:\s*([^;]+)/g)].map((m) => [m[1]!, m[2]!] as const);
    const opacity = (of: string) =>
      Number(declarations.find(([property]) => property === of)?.[1] ?? 1) *
      Number(declarations.find(([property]) => property === "opacity")?.[1] ?? 1);
    const ground = declarations.find(([property]) => property.startsWith("background"))?.[1];
    return declarations
      .filter(([property]) => !property.startsWith("--"))
      .flatMap(([property, value]) =>
        [...value.matchAll(/var\(--([\w-]+)/g)]
          .flatMap(([, token = ""]) => STANDS_FOR[token] ?? [token])
          .filter((token) => coloursOf(DARK).has(token))
          .map((token) => ({
            where: `${sheet} ${selector.trim().replace(/\s+/g, " ")}`,
            property,
            token,
            opacity: opacity(property === "fill" || property === "stroke" ? `${property}-opacity` : ""),
            ground: property.startsWith("background")
              ? null
              : (/var\(--([\w-]+)/.exec(ground ?? "")?.[1] ?? null),
          })),
      );
  });
}

const LIGHT = ":root";
const DARK = ':root:not([data-theme="light"])';

const USES = SHEETS.flatMap(usesIn);

/** What other things stand on. A rule that paints with one of these makes a ground, or a rim in the ground's colour. */
const GROUNDS = ["bg", "panel", "raised", "slot", "cut-band"];

/** Fills that are words, by the look of the mark. */
const WORDS =
  /text$|"(bandText|slotName|entryName|slotNameNeeded|violationText|number|numberOn|label|sublabel|word|note|figure|lockName)"/;

const isWord = ({ where, property }: Use) =>
  property === "color" || (property === "fill" && WORDS.test(where));

/** Where each use stands if its rule does not say it: on all of the page's own grounds, with and without the band. */
const ANYWHERE = ["bg", "panel", "raised", "cut-band over bg", "cut-band over panel"];

/** Uses that stand on something else, known by their place. */
const STANDS_ON: readonly { where: RegExp; grounds: readonly string[] }[] = [
  { where: /Row\.module\.css .*"(numberOn|dotsOn)"/, grounds: ["needed"] },
  { where: /Row\.module\.css .*"(slotName|entryName|slotNameNeeded)"/, grounds: ["slot", "panel"] },
  { where: /Row\.module\.css .*"slotNeeded"/, grounds: ["bg", "panel", "slot"] },
];

/** What need not stand out, and why not. */
const QUIET: readonly { where: RegExp; tokens: readonly string[]; why: string }[] = [
  {
    where: /./,
    tokens: ["line", "line-strong"],
    why: "parts and frames: words and positions carry the meaning",
  },
  { where: /:disabled/, tokens: ["ink-3"], why: "a control that is off need not stand out" },
  { where: /backdrop/, tokens: ["bg"], why: "a veil over the page behind a dialog" },
];

const hex = (channel: number) => Math.round(channel).toString(16).padStart(2, "0");

/** `top` painted over `ground`, both six digits; `alpha` 0 to 1. */
const blend = (top: string, ground: string, alpha: number): string =>
  [0, 2, 4]
    .map((at) => {
      const [upper, lower] = [top, ground].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
      return hex(upper! * alpha + lower! * (1 - alpha));
    })
    .join("");

/** The colour of a ground by its name: a token, or `cut-band over TOKEN`. */
function groundColour(theme: string, ground: string): string {
  const [top = "", under] = ground.split(" over ");
  const colour = coloursOf(theme).get(top);
  if (colour === undefined) throw new Error(`${ground} is no colour of the theme`);
  return under === undefined
    ? colour.slice(0, 6)
    : blend(colour.slice(0, 6), groundColour(theme, under), Number.parseInt(colour.slice(6), 16) / 255);
}

const groundsOf = (use: Use): readonly string[] =>
  STANDS_ON.find(({ where }) => where.test(use.where))?.grounds ??
  (use.ground === null ? ANYWHERE : [use.ground]);

/** A use that is seen on a ground, not one that makes a ground. */
const isSeen = (use: Use) =>
  !QUIET.some(({ where, tokens }) => where.test(use.where) && tokens.includes(use.token)) &&
  (!GROUNDS.includes(use.token) ||
    isWord(use) ||
    STANDS_ON.some(({ where, grounds }) => where.test(use.where) && !grounds.includes(use.token)));

/** `TOKEN on GROUND` for each pair that stands out too little, with the rule that draws it. */
function tooFaint(theme: string, uses: readonly Use[]): string[] {
  return uses.filter(isSeen).flatMap((use) =>
    groundsOf(use)
      .filter((ground) => ground !== use.token)
      .flatMap((ground) => {
        const behind = groundColour(theme, ground);
        const ratio = contrast(blend(groundColour(theme, use.token), behind, use.opacity), behind);
        const least = isWord(use) ? 4.5 : 3;
        return ratio < least
          ? [`${use.token} on ${ground}: ${ratio.toFixed(2)} < ${least} (${use.where})`]
          : [];
      }),
  );
}

describe.each([
  ["dark", DARK],
  ["light", LIGHT],
])("%s: whatever a sheet draws can be seen on what it may stand on", (_theme, block) => {
  it("words have 4.5", () => {
    const words = USES.filter(isWord);
    expect(words.length).toBeGreaterThan(60);
    expect(tooFaint(block, words)).toEqual([]);
  });

  it("marks, rims and lines that mean something have 3", () => {
    const marks = USES.filter((use) => !isWord(use));
    expect(marks.filter(isSeen).length).toBeGreaterThan(40);
    expect(tooFaint(block, marks)).toEqual([]);
  });

  it("what has not happened yet is faint under its veil, and is seen all the same", () => {
    const { opacity } = USES.find(({ where }) => /Now\.module\.css .*\.future/.test(where)) ?? {
      opacity: 1,
    };
    const bg = groundColour(block, "bg");
    for (const token of ["needed", "wasted", "cut", "violation", "lock", "ink-3"])
      expect(contrast(blend(bg, groundColour(block, token), opacity), bg), token).toBeGreaterThan(1.4);
  });
});

it("every exception is one: it names a rule that there is", () => {
  for (const { where } of STANDS_ON)
    expect(
      USES.some((use) => where.test(use.where)),
      `${where}`,
    ).toBe(true);
  for (const { where, tokens } of QUIET)
    expect(
      USES.some((use) => where.test(use.where) && tokens.includes(use.token)),
      `${where}`,
    ).toBe(true);
});

it("a faint colour is found wherever it is used, with its rule", () => {
  const use = { where: "x.css .new", property: "color", token: "allocated", opacity: 1, ground: null };
  expect(tooFaint(DARK, [use])[0]).toMatch(/^allocated on bg: 4\.\d+ < 4\.5 \(x\.css \.new\)$/);
  expect(tooFaint(DARK, [{ ...use, token: "ink", opacity: 0.2 }])).not.toEqual([]);
  expect(blend("ffffff", "000000", 0.5)).toBe("808080");
});

it("the ground of a row may change as often as it likes: WCAG counts no flash below a tenth of white, or all of it light", () => {
  for (const theme of [DARK, LIGHT]) {
    const colours = coloursOf(theme);
    const [dark, light] = [colours.get("slot")!, colours.get("panel")!].map(luminance).sort((a, b) => a - b);
    expect(light! - dark! < 0.1 || dark! >= 0.8, theme).toBe(true);
  }
});

it("both themes name the same colours", () => {
  const names = (theme: string) => [...coloursOf(theme).keys()];
  expect(names(LIGHT)).toEqual(names(DARK));
  expect(names(DARK).length).toBeGreaterThan(15);
});
