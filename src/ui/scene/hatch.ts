// SPDX-License-Identifier: GPL-2.0-only
// Diagonal lines inside a shape: what was called for nothing is hatched. Drawn and not a pattern, because a
// pattern needs an address, and an address in a style sheet is not always the page's own.

const GAP = 4;

/** Rising lines in the box; as path data. */
export function hatchBox(x: number, y: number, width: number, height: number, gap = GAP): string {
  let d = "";
  for (let c = gap; c < width + height; c += gap) {
    const [x1, y1] = c <= height ? [0, c] : [c - height, height];
    const [x2, y2] = c <= width ? [c, 0] : [width, c - width];
    d += `M${round(x + x1)} ${round(y + y1)}L${round(x + x2)} ${round(y + y2)}`;
  }
  return d;
}

/** Rising lines in a circle; as path data. */
export function hatchCircle(cx: number, cy: number, r: number): string {
  let d = "";
  for (let offset = -r + GAP / 2; offset < r; offset += GAP) {
    const half = Math.sqrt(r * r - offset * offset);
    // Along (1, -1), moved by `offset` along (1, 1).
    const [mx, my] = [cx + offset * Math.SQRT1_2, cy + offset * Math.SQRT1_2];
    const reach = half * Math.SQRT1_2;
    d += `M${round(mx - reach)} ${round(my + reach)}L${round(mx + reach)} ${round(my - reach)}`;
  }
  return d;
}

const round = (n: number) => Math.round(n * 10) / 10;
