// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { cellFor } from "./useCell.ts";

it("cells are those of the drawn layouts: 14 at 1440, 11 at 820, larger in wide windows, 24 at most", () => {
  expect([820, 1440, 1920, 2560, 5000].map(cellFor)).toEqual([11, 14, 21, 24, 24]);
});

it("the strip and what stands beside it fit into every window from 640 pixels on", () => {
  for (let width = 640; width <= 2_000; width++) {
    const beside = width < 1_280 ? 116 : 544;
    expect(64 * cellFor(width) + beside, `${width}`).toBeLessThanOrEqual(width);
  }
});

it("a cell is a whole number of pixels", () => {
  for (let width = 300; width < 2_600; width += 7) expect(Number.isInteger(cellFor(width))).toBe(true);
});
