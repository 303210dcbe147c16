// SPDX-License-Identifier: GPL-2.0-only
import { useEffect, useMemo, useState } from "react";
import { ALIGNMENTS, type Pricing, type SweepCase, type SweepRow } from "../../../engine/index.ts";
import { pricedRows } from "../../scene/fanout/measures.ts";
import { SMALL_DESIGNS, SMALL_SIZES, type Small, smallHoles } from "../../scene/fanout/smallScene.ts";
import type { SweepAnswer, SweepRequest } from "../../worker/sweepProtocol.ts";

/** The small charts of memslots of `slotPages` pages; of those that are not counted yet the rows are missing. */
export function useSmalls(slotPages: number, vms: number, pricing: Pricing): Small[] {
  const [counted, setCounted] = useState<readonly (readonly SweepRow[])[]>([]);
  const cases = useMemo(
    () =>
      ALIGNMENTS.map((alignment): SweepCase => ({ slotPages, alignment, holes: smallHoles(slotPages), vms })),
    [slotPages, vms],
  );
  useEffect(() => {
    setCounted([]);
    const worker = new Worker(new URL("../../worker/sweep.worker.ts", import.meta.url), { type: "module" });
    // The worker answers one request after the other.
    let at = 0;
    worker.onmessage = ({ data }: MessageEvent<SweepAnswer>) => {
      const own = at;
      if (data.type === "rows")
        setCounted((before) =>
          cases.map((_, k) => (k === own ? [...(before[k] ?? []), ...data.rows] : (before[k] ?? []))),
        );
      else at++;
    };
    for (const wanted of cases)
      worker.postMessage({
        ...{ wanted, variants: SMALL_DESIGNS, sizes: SMALL_SIZES, isComputedOnly: true },
      } satisfies SweepRequest);
    return () => worker.terminate();
  }, [cases]);
  return useMemo(
    () =>
      cases.flatMap((wanted, k) =>
        wanted.holes.map((hole, nth): Small => {
          const rows = pricedRows(
            (counted[k] ?? []).filter((row) => row.nth === nth),
            wanted,
            pricing,
          );
          return {
            ...{ alignment: wanted.alignment, hole },
            rows: new Map(
              SMALL_DESIGNS.map((variant) => [variant, rows.filter((row) => row.variant === variant)]),
            ),
          };
        }),
      ),
    [cases, counted, pricing],
  );
}
