// SPDX-License-Identifier: GPL-2.0-only
// What a punch costs each shown design. The machine that it meets is made once for each play.

import {
  isSinglePunch,
  type Play,
  type PriceBase,
  type PunchPrice,
  priceBase,
  punchPrice,
} from "../../../engine/index.ts";
import type { PageRange } from "../../text/punchText.ts";

const bases = new WeakMap<Play, PriceBase>();

/** The price of punching `range` of `file` under the design of `play`, on top of what is played there. */
export function priceUnder(play: Play, file: string, range: PageRange): PunchPrice {
  let base = bases.get(play);
  if (base === undefined) {
    base = priceBase(play, isSinglePunch(play.scenario.document));
    bases.set(play, base);
  }
  return punchPrice(base, { file, ...range });
}
