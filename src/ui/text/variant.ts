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
