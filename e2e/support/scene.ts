// SPDX-License-Identifier: GPL-2.0-only
// What the page shows, as data: two pages that give the same show the same picture.
import type { Page } from "playwright/test";

export interface ShownScene {
  theme: string | undefined;
  /** The value and the words of the scrubber. */
  time: string | null;
  scenario: string;
  designs: string[];
  /** All words of the picture, as they are read. */
  words: string;
  /** Every drawn shape of rows, timeline and scrubber with its attributes, in their order. */
  shapes: string[];
  /** What is switched on. */
  pressed: (string | null)[];
}

/** Reads the scene off the page. */
export const sceneOf = (page: Page): Promise<ShownScene> =>
  page.evaluate(() => {
    const chosenIn = (label: string) =>
      [...document.querySelectorAll("select")]
        .filter((select) => select.getAttribute("aria-label")?.includes(label))
        .map((select) => select.value);
    const shapes = [...document.querySelectorAll("main svg *, [data-testid=timeline] svg *")].map((element) =>
      [element.tagName, ...[...element.attributes].map(({ name, value }) => `${name}=${value}`)]
        .filter((text) => !/^(id|class|style)=/.test(text))
        .concat(element.childElementCount === 0 ? (element.textContent ?? "") : "")
        .join(" "),
    );
    return {
      theme: document.documentElement.dataset.theme,
      time: document.querySelector("input[type=range]")?.getAttribute("aria-valuetext") ?? null,
      scenario: chosenIn("Scenario").join(),
      designs: chosenIn("design"),
      words: (document.querySelector("main") as HTMLElement).innerText,
      shapes,
      pressed: [...document.querySelectorAll("[aria-pressed=true]")].map((button) => button.textContent),
    };
  });
