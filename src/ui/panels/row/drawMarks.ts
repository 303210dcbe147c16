// SPDX-License-Identifier: GPL-2.0-only
// Marks onto an svg: one element a mark, found again by its key, touched only where something changed.

import { select } from "d3";
import type { Mark } from "../../scene/mark.ts";

const drawn = new WeakMap<Element, Mark>();

/** Makes the children of `svg` what `marks` say, in their order. */
export function drawMarks(svg: SVGSVGElement, marks: readonly Mark[]): void {
  select(svg)
    .selectChildren<SVGElement, Mark>()
    .data(marks, ({ shape, key }) => `${shape} ${key}`)
    .join((enter) =>
      enter.append(({ shape }) => document.createElementNS("http://www.w3.org/2000/svg", shape)),
    )
    .each(function (mark) {
      const before = drawn.get(this);
      drawn.set(this, mark);
      for (const [name, value] of Object.entries(mark)) {
        if (before !== undefined && before[name as keyof Mark] === value) continue;
        const attribute = ATTRIBUTES[name];
        if (attribute === undefined) continue;
        if (attribute === TEXT) this.textContent = String(value);
        else this.setAttribute(attribute, String(value));
      }
      if (before !== undefined)
        for (const name of Object.keys(before))
          if (!(name in mark) && ATTRIBUTES[name] !== undefined) this.removeAttribute(ATTRIBUTES[name]);
    });
}

const TEXT = "#text";

/** What each field of a mark is in SVG. Shape and key are the element itself. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  look: "data-look",
  x: "x",
  y: "y",
  width: "width",
  height: "height",
  rx: "rx",
  cx: "cx",
  cy: "cy",
  r: "r",
  d: "d",
  text: TEXT,
  anchor: "text-anchor",
};
