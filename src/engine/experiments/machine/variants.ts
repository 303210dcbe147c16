// SPDX-License-Identifier: GPL-2.0-only
// The designs by the names that the command line, links and scenarios use.

/** `v10`: the list as posted. `review`: the xarray with `last = end - 1`. `review-seed`: the same, `last = end`. */
export const VARIANTS = ["v10", "review", "review-seed"] as const;

export type VariantId = (typeof VARIANTS)[number];
