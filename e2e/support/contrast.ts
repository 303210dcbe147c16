// SPDX-License-Identifier: GPL-2.0-only
// The contrast of text as it is drawn, for what axe leaves open: words in pictures, single letters, clipped lines.
import type { Page } from "playwright/test";

export interface Contrast {
  text: string;
  /** WCAG's ratio against the worst ground under it, 1 to 21. NaN where the element is gone. */
  ratio: number;
  /** What WCAG asks of text of this size. */
  least: number;
}

/**
 * The contrast of the element at each of `selectors`. The ground is what its ancestors paint behind it and, in a
 * picture, every filled shape before it that lies under one of its points; words with a halo stand on the halo.
 */
export const contrastsOf = (page: Page, selectors: readonly string[]): Promise<Contrast[]> =>
  page.evaluate((all) => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];

    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (canvas === null) throw new Error("no canvas to read colours with");
    /** Any colour as the browser paints it. */
    const colourOf = (text: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (top: Colour, ground: Colour, opacity = 1): Colour => {
      const alpha = top[3] * opacity;
      const mix = (k: 0 | 1 | 2) => top[k] * alpha + ground[k] * (1 - alpha);
      return [mix(0), mix(1), mix(2), 1];
    };
    const luminance = (colour: Colour) => {
      const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (a: Colour, b: Colour) => {
      const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (light + 0.05) / (dark + 0.05);
    };

    const outermostFirst = (element: Element) => {
      const path: Element[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) path.unshift(at);
      return path;
    };
    const groundOf = (element: Element) =>
      outermostFirst(element).reduce<Colour>(
        (ground, at) => over(colourOf(getComputedStyle(at).backgroundColor), ground),
        [255, 255, 255, 1],
      );
    const opacityOf = (element: Element) =>
      outermostFirst(element).reduce((share, at) => share * Number(getComputedStyle(at).opacity), 1);

    /** What lies under the points of a word in a picture. */
    const groundsInPicture = (word: SVGTextElement): Colour[] => {
      const style = getComputedStyle(word);
      if (style.stroke !== "none" && style.paintOrder.startsWith("stroke")) return [colourOf(style.stroke)];
      const svg = word.ownerSVGElement;
      const ground = groundOf(word);
      if (svg === null) return [ground];
      const before = [...svg.querySelectorAll<SVGGeometryElement>("rect, path, circle")].filter(
        (shape) =>
          (word.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 &&
          getComputedStyle(shape).fill !== "none",
      );
      const { x, y, width, height } = word.getBBox();
      const grounds: Colour[] = [];
      for (const across of [0.05, 0.25, 0.5, 0.75, 0.95])
        for (const down of [0.3, 0.5, 0.7]) {
          const point = new DOMPoint(x + width * across, y + height * down);
          const under = before.filter((shape) => shape.isPointInFill(point));
          grounds.push(
            under.reduce<Colour>((so, shape) => {
              const { fill, fillOpacity } = getComputedStyle(shape);
              return over(colourOf(fill), so, Number(fillOpacity) * opacityOf(shape));
            }, ground),
          );
        }
      return grounds;
    };

    return all.map((selector) => {
      const element = document.querySelector(selector);
      if (element === null) return { text: selector, ratio: Number.NaN, least: 4.5 };
      const style = getComputedStyle(element);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const isWord = element instanceof SVGTextElement;
      const colour = colourOf(isWord ? style.fill : style.color);
      const grounds = isWord ? groundsInPicture(element) : [groundOf(element)];
      const ratios = grounds.map((ground) => contrast(over(colour, ground, opacityOf(element)), ground));
      return {
        text: element.textContent ?? "",
        ratio: Math.min(...ratios),
        least: isLarge ? 3 : 4.5,
      };
    });
  }, selectors);
