// SPDX-License-Identifier: GPL-2.0-only
import { bindCost, treeOf, VARIANTS } from "../../../engine/index.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { countText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { caseOf, type FanoutSettings } from "./settings.ts";
import type { Table } from "./tables.ts";

/** One bind and one unbind of each design with as many memslots as are read, and the unbinds of all of them. */
export function bindTable(settings: FanoutSettings): Table {
  const { read, prices } = settings;
  return {
    caption: "Binding and unbinding",
    columns: [
      { title: "design" },
      ...["one bind", "one unbind", "of it under the lock", countText(read, "unbind")].map((title) => ({
        ...{ title, text: nsText },
      })),
    ],
    rows: VARIANTS.map((variant) => {
      const { bind, unbind, unbindLockedNs } = bindCost(variant, treeOf(caseOf(settings)), read, prices);
      return [variantName(variant), bind.ns, unbind.ns, unbindLockedNs, read * unbind.ns];
    }),
  };
}
