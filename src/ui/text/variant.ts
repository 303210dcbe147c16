// SPDX-License-Identifier: GPL-2.0-only
// The designs by the names that stand on the screen.

import type { VariantId } from "../../engine/index.ts";

const NAMES: Record<VariantId, string> = {
  v10: "LIST",
  review: "XARRAY",
  "review-seed": "XARRAY as posted",
};

/** How the page calls a design. */
export const variantName = (id: VariantId): string => NAMES[id];

/** What a design keeps its notifiers in; its hue goes by it. */
export const storeOf = (id: VariantId): "list" | "xarray" => (id === "v10" ? "list" : "xarray");

/** The last index that a design of an xarray looks at for a range that ends before `end`: one too many as posted (T-c). */
export const lastIndexOf = (id: VariantId, end: number): number => (id === "review-seed" ? end : end - 1);
