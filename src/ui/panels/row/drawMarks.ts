// SPDX-License-Identifier: GPL-2.0-only
// Marks onto an svg: one element a mark, found again by its key, touched only where something changed.

import { idOf, type Mark } from "../../scene/mark.ts";

const drawn = new WeakMap<Element, Mark>();

/**
 * Makes the children of `svg` what `marks` say, in their order. Keys are unique within a shape. By hand, because
 * d3-selection weighs more than everything that is drawn with it here.
 */
export function drawMarks(svg: SVGSVGElement, marks: readonly Mark[]): void {
  const left = elementsOf(svg);
  let next = svg.firstElementChild;
  for (const mark of marks) {
    const id = idOf(mark);
    const element = left.get(id) ?? newElement(mark);
    left.delete(id);
    if (element === next) next = next.nextElementSibling;
    else svg.insertBefore(element, next);
    paint(element, mark);
  }
  for (const element of left.values()) element.remove();
}

/** The elements of the marks that stand in `svg`, by the marks' ids. */
export function elementsOf(svg: SVGSVGElement): Map<string, Element> {
  const elements = new Map<string, Element>();
  for (const element of svg.children) {
    const mark = drawn.get(element);
    if (mark !== undefined) elements.set(idOf(mark), element);
  }
  return elements;
}

/** An element that looks like `mark` and is none of the picture's: drawMarks() leaves it alone. */
export function drawGhost(mark: Mark): Element {
  const element = newElement(mark);
  paint(element, mark);
  drawn.delete(element);
  return element;
}

const newElement = ({ shape }: Mark): Element =>
  document.createElementNS("http://www.w3.org/2000/svg", shape);

function paint(element: Element, mark: Mark): void {
  const before = drawn.get(element);
  drawn.set(element, mark);
  for (const [name, value] of Object.entries(mark)) {
    if (before !== undefined && before[name as keyof Mark] === value) continue;
    const attribute = ATTRIBUTES[name];
    if (attribute === undefined) continue;
    if (attribute === TEXT) element.textContent = String(value);
    else element.setAttribute(attribute, String(value));
  }
  for (const name of Object.keys(before ?? {}))
    if (!(name in mark) && ATTRIBUTES[name] !== undefined) element.removeAttribute(ATTRIBUTES[name]);
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
