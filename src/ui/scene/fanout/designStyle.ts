// SPDX-License-Identifier: GPL-2.0-only

import type { VariantId } from "../../../engine/index.ts";
import type { Ink, Sign } from "./marks.ts";

export interface DesignStyle {
  readonly ink: Ink;
  readonly sign: Sign;
  /** Pixels of the line. */
  readonly width: number;
}

const STYLES: Readonly<Record<VariantId, DesignStyle>> = {
  v10: { ink: "list", sign: "circle", width: 3.5 },
  review: { ink: "xarray", sign: "square", width: 2 },
  "review-seed": { ink: "xarray", sign: "triangle", width: 1.25 },
};

/** How a design is drawn: its store's hue, and a sign of its own for those who do not see hues. */
export const designStyle = (variant: VariantId): DesignStyle => STYLES[variant];
