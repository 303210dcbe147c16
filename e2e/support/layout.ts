// SPDX-License-Identifier: GPL-2.0-only
// Where controls and words lie on the page, measured. Pictures are left out: they may scroll in a box of their own.
import type { Page } from "playwright/test";

export interface Laid {
  /** `button Play`: what it is and what it says. */
  what: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The number of the box that it scrolls in or is pinned with; what is in another may pass under it. */
  layer: number;
}

const CONTROLS = "button, select, input, textarea, summary, a[href], [role='button'], [role='slider']";
const WORDS = "h1, h2, h3, p, dt, dd, li, label";

async function laid(page: Page, selector: string): Promise<Laid[]> {
  return page.evaluate((wanted) => {
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return (
        width > 1 &&
        height > 1 &&
        element.checkVisibility({ visibilityProperty: true }) &&
        element.closest("svg, canvas, .spoken, [aria-hidden='true']") === null
      );
    };
    return [...document.querySelectorAll(wanted)].filter(isSeen).map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const layer = [...document.querySelectorAll("*")].findLastIndex((box) => {
        const { position, overflowY } = getComputedStyle(box);
        const isPinned = position === "sticky" || position === "fixed";
        return box !== element && box.contains(element) && (isPinned || overflowY === "auto");
      });
      const says = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return {
        what: `${element.tagName.toLowerCase()} ${says.slice(0, 60)}`,
        left,
        right,
        top,
        bottom,
        layer,
      };
    });
  }, selector);
}

/** Everything that can be pressed, chosen or typed in. */
export const controls = (page: Page) => laid(page, CONTROLS);

/** Controls, headings, sentences and figures that reach beyond the left or the right edge of the window. */
export async function beyondTheEdges(page: Page): Promise<string[]> {
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  const all = await laid(page, `${CONTROLS}, ${WORDS}`);
  return all
    .filter(({ left, right }) => left < -0.5 || right > width + 0.5)
    .map(({ what, left, right }) => `${what}: ${left} to ${right}`);
}

/** By how many pixels the page itself can be scrolled across. */
export const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Controls of one layer that lie on one another, two by two. */
export async function overlapping(page: Page): Promise<string[]> {
  const all = await controls(page);
  return all.flatMap((a, k) =>
    all
      .slice(k + 1)
      .filter(
        (b) =>
          a.layer === b.layer &&
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1,
      )
      .map((b) => `${a.what} and ${b.what}`),
  );
}

/** Controls that cannot be brought to where they can be pressed: something else lies over their middle. */
export const coveredControls = (page: Page): Promise<string[]> =>
  page.evaluate((wanted) => {
    const all = [...document.querySelectorAll<HTMLElement>(wanted)].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"),
    );
    return all.flatMap((element) => {
      element.focus();
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
      const { x, y, width, height } = element.getBoundingClientRect();
      const on = document.elementFromPoint(x + width / 2, y + height / 2);
      const isThere =
        on !== null && (element.contains(on) || on.contains(element) || on.closest("label") !== null);
      return isThere ? [] : [`${element.getAttribute("aria-label") ?? element.textContent} at ${x}, ${y}`];
    });
  }, CONTROLS);

/** Boxes with words that hide a part of them: neither do the words fit nor can they be scrolled to. */
export const clippedWords = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
    return [...document.querySelectorAll<HTMLElement>("body *")].flatMap((element) => {
      if (!element.checkVisibility() || element.closest("svg, .spoken") !== null) return [];
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      if (clipPath !== "none" || (element.textContent ?? "").trim() === "") return [];
      const wide = hides(overflowX) && element.scrollWidth - element.clientWidth > 1;
      const tall = hides(overflowY) && element.scrollHeight - element.clientHeight > 1;
      const where = element.closest("section[aria-label]")?.getAttribute("aria-label") ?? "page";
      return wide || tall
        ? [`${where}: ${element.tagName.toLowerCase()} ${(element.textContent ?? "").slice(0, 60)}`]
        : [];
    });
  });
