// SPDX-License-Identifier: GPL-2.0-only
// What is left of a mark where there are no hues and no levels of grey: which of its pixels are ink.
import type { Page } from "playwright/test";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Shape {
  /** The share of the pixels that stand out from the ground, 0 to 1. */
  ink: number;
  /** How often ink and ground meet, along rows and columns, for each pixel: many in a hatch, few in a disc. */
  edges: number;
  /** The pixels as text, a row a line, for whoever reads why a test failed. */
  picture: string;
}

/** From here on `page` is seen without hues. */
export async function withoutHues(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" });
}

/**
 * The shape of what stands in `box`, on the level that `ground` has: a pixel is ink where it differs from the ground
 * by a fifth of what differs most. So two marks that differ in brightness alone have one shape. Throws where a pixel
 * has a hue, unless there may be `any hue`; then its green is its level.
 */
export async function shapeOf(
  page: Page,
  box: Box,
  ground: { x: number; y: number },
  hues: "none" | "any hue" = "none",
): Promise<Shape> {
  const grey = await greyOf(page, box, hues);
  const [level = 0] = await greyOf(page, { ...ground, width: 1, height: 1 }, hues);
  const apart = grey.map((each) => Math.abs(each - level));
  const least = Math.max(...apart) / 5;
  const width = Math.round(box.width);
  const rows = Array.from({ length: apart.length / width }, (_, k) =>
    apart.slice(k * width, (k + 1) * width).map((each) => each > least),
  );
  let [ink, edges] = [0, 0];
  for (const [y, row] of rows.entries())
    for (const [x, is] of row.entries()) {
      if (is) ink++;
      if (x > 0 && row[x - 1] !== is) edges++;
      if (y > 0 && rows[y - 1]?.[x] !== is) edges++;
    }
  return {
    ink: ink / apart.length,
    edges: edges / apart.length,
    picture: rows.map((row) => row.map((is) => (is ? "#" : ".")).join("")).join("\n"),
  };
}

/** Two marks that are told apart by their form alone. */
export const differ = (a: Shape, b: Shape): boolean =>
  Math.abs(a.ink - b.ink) >= 0.15 || Math.abs(a.edges - b.edges) >= 0.15;

/** The levels of grey in `box`, 0 to 255, row by row. */
async function greyOf(page: Page, { x, y, width, height }: Box, hues: "none" | "any hue"): Promise<number[]> {
  const clip = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
  const picture = (await page.screenshot({ clip, animations: "disabled" })).toString("base64");
  return page.evaluate(
    async ({ base64, strict }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("no canvas to read pixels with");
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return Array.from({ length: data.length / 4 }, (_, k) => {
        const [red = 0, green = 0, blue = 0] = data.slice(4 * k, 4 * k + 3);
        const hue = Math.max(red, green, blue) - Math.min(red, green, blue);
        if (strict && hue > 2) throw new Error("a pixel has a hue");
        return green;
      });
    },
    { base64: picture, strict: hues === "none" },
  );
}
