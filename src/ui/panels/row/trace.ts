// SPDX-License-Identifier: GPL-2.0-only
// From a call that does not pair to the count that it made wrong: a dotted line across the panel into the bill.

import { drawGhost } from "./drawMarks.ts";

interface Trace {
  readonly line: Element;
  /** The count in the bill. */
  readonly figure: Element;
}

/** Null where the design's bill shows no wrong count. `ring` stands in `svg`. */
export function traceOf(svg: SVGSVGElement, ring: Element | undefined): Trace | null {
  const figure = svg.closest("[data-hue]")?.querySelector("[data-wrong='true'] strong");
  if (ring === undefined || figure == null) return null;
  const [origin, from, to] = [svg, ring, figure].map((element) => element.getBoundingClientRect());
  const d = route(origin!, from!, to!);
  return { line: drawGhost({ shape: "path", key: "trace", look: "trace", d }), figure };
}

/** Beside the row: along its lower edge to the gap before the rail. Above it: straight up, then across. */
function route(origin: DOMRect, from: DOMRect, to: DOMRect): string {
  const x = (at: number) => Math.round(at - origin.left);
  const y = (at: number) => Math.round(at - origin.top);
  const middle = (from.left + from.right) / 2;
  if (to.left > origin.right) {
    const gap = (origin.right + to.left) / 2;
    const below = origin.height + 2;
    return `M${x(middle)} ${y(from.bottom)}V${below}H${x(gap)}V${y((to.top + to.bottom) / 2)}H${x(to.left) - 4}`;
  }
  return `M${x(middle)} ${y(from.top)}V${y(to.bottom) + 5}H${x((to.left + to.right) / 2)}`;
}
