// SPDX-License-Identifier: GPL-2.0-only
// Instead of motion: an outline around what the step has changed. Neighbours share one, or a row of crosses would be
// a row of boxes.

import type { Motion } from "../../scene/movement.ts";
import { drawGhost } from "./drawMarks.ts";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** From a mark to its outline, and the farthest that neighbours stand from each other; pixels. */
const [CLEAR, NEAR] = [3, 8];

/** Outlines around the marks in `elements` that `motions` are about, and around `more`. */
export function outlines(
  svg: SVGSVGElement,
  motions: readonly Motion[],
  elements: ReadonlyMap<string, Element>,
  more: readonly Element[],
): Element[] {
  const changed = motions.flatMap(({ id }) => (isThing(id) ? (elements.get(id) ?? []) : []));
  const boxes = [...new Set([...changed, ...more])].map((element) => boxOf(element as SVGGraphicsElement));
  return joined(boxes).map(({ left, top, right, bottom }) => {
    const outline = drawGhost({
      ...{ shape: "rect", key: "outline", look: "changed", rx: 3 },
      ...{ x: left - CLEAR, y: top - CLEAR },
      ...{ width: right - left + 2 * CLEAR, height: bottom - top + 2 * CLEAR },
    });
    svg.append(outline);
    return outline;
  });
}

/** Words and links say what things are and how they hang together; they are none themselves. */
const isThing = (id: string) => !/^text |^path (link|opens)/.test(id);

function boxOf(element: SVGGraphicsElement): Box {
  const { x, y, width, height } = element.getBBox();
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** The boxes from left to right, those that lie side by side as one. */
function joined(boxes: readonly Box[]): Box[] {
  const all: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a.left - b.left)) {
    const k = all.findIndex((other) => touches(other, box));
    const other = all[k];
    if (other === undefined) all.push(box);
    else
      all[k] = {
        left: other.left,
        top: Math.min(other.top, box.top),
        right: Math.max(other.right, box.right),
        bottom: Math.max(other.bottom, box.bottom),
      };
  }
  return all;
}

const touches = (a: Box, b: Box) => b.left - a.right < NEAR && a.top < b.bottom && b.top < a.bottom;
