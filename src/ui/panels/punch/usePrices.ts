// SPDX-License-Identifier: GPL-2.0-only
// What a punch costs each shown design, worked out while the page goes on answering: with tens of thousands of
// memslots a price takes as long as some frames.

import { useEffect, useState } from "react";
import {
  isSinglePunch,
  type Play,
  type PriceBase,
  type PunchPrice,
  pricingBase,
  pricingPunch,
} from "../../../engine/index.ts";
import { inSlices } from "../../store/inSlices.ts";

export interface Priced {
  readonly play: Play;
  readonly price: PunchPrice;
}

/** The machine that a punch meets is made once for each play. */
const bases = new WeakMap<Play, PriceBase>();

/** The prices of punching [start, end) of `file`; those of the last range until they are there, null at first. */
export function usePrices(plays: readonly Play[], file: string, start: number, end: number) {
  const [priced, setPriced] = useState<readonly Priced[] | null>(null);
  useEffect(() => {
    let isStale = false;
    const pause = async () => {
      await new Promise((done) => setTimeout(done));
      if (isStale) throw new Error("another range is asked for");
    };
    const all = async () => {
      const next: Priced[] = [];
      for (const play of plays) {
        const replaces = isSinglePunch(play.scenario.document);
        const base = bases.get(play) ?? (await inSlices(pricingBase(play, replaces), pause));
        bases.set(play, base);
        next.push({ play, price: await inSlices(pricingPunch(base, { file, start, end }), pause) });
      }
      return next;
    };
    all().then(
      (next) => {
        if (!isStale) setPriced(next);
      },
      (error: unknown) => {
        if (!isStale) throw error;
      },
    );
    return () => {
      isStale = true;
    };
  }, [plays, file, start, end]);
  return priced;
}
