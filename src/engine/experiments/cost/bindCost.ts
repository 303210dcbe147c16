// SPDX-License-Identifier: GPL-2.0-only
// What it costs that slots come and go: the list is told in one store, the xarray in several, and a binding that goes waits
// for a grace period while its lock is held.

import type { VariantId } from "../machine/variants.ts";
import { type MeasuredTree, type Span, xarrayOps } from "./calibration.ts";
import { PRICES, priceOf, type SetPrices } from "./prices.ts";

export interface BindCost {
  readonly bind: Span;
  readonly unbind: Span;
  /** The part of `unbind` for which the lock is held and nobody else binds or punches. */
  readonly unbindLockedNs: number;
}

/** One bind and one unbind with `slots` slots there. The list's are one look at the lock and two pointers each. */
export function bindCost(variant: VariantId, tree: MeasuredTree, slots: number, set: SetPrices): BindCost {
  if (variant === "v10") {
    const ns = priceOf(set, "lock");
    const { low, high } = set.lock === undefined ? PRICES.lock : { low: ns, high: ns };
    const own: Span = { ns, low, high, inRange: true };
    return { bind: own, unbind: own, unbindLockedNs: ns };
  }
  const { bind, unbind } = xarrayOps(tree, slots);
  const grace = priceOf(set, "gracePeriod");
  const { low, high } = set.gracePeriod === undefined ? PRICES.gracePeriod : { low: grace, high: grace };
  return {
    bind,
    unbind: { ...unbind, ns: unbind.ns + grace, low: unbind.low + low, high: unbind.high + high },
    unbindLockedNs: grace,
  };
}
