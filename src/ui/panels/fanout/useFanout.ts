// SPDX-License-Identifier: GPL-2.0-only
// What the fan-out view is set to, its rows, and what changes them.

import { useCallback, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import {
  type Pricing,
  type SweepCase,
  sweepSizes,
  type SweepRow,
  type VariantId,
} from "../../../engine/index.ts";
import { type Evens, evensOf } from "../../scene/fanout/evens.ts";
import { type PricedRow, pricedRows } from "../../scene/fanout/measures.ts";
import { caseOf, type FanoutSettings, pricingOf, settingsOf, wordsOf } from "../../scene/fanout/settings.ts";
import { createSweeps, type SweepState } from "../../store/sweeps.ts";
import { useLab, useShown } from "../../store/useLab.ts";

/** The settings, and what changes some of them. */
export function useSettings(): [FanoutSettings, (change: Partial<FanoutSettings>) => void] {
  const lab = useLab();
  const words = useShown((state) => state.fanout);
  const settings = useMemo(() => settingsOf(words), [words]);
  const set = useCallback(
    (change: Partial<FanoutSettings>) =>
      lab.setFanout(wordsOf({ ...settingsOf(lab.store.getState().fanout), ...change })),
    [lab],
  );
  return [settings, set];
}

export interface FanoutData {
  readonly settings: FanoutSettings;
  readonly set: (change: Partial<FanoutSettings>) => void;
  /** Of the designs that have a line, sorted by slots. */
  readonly rows: ReadonlyMap<VariantId, readonly PricedRow[]>;
  readonly evens: Evens;
  readonly wanted: SweepCase;
  readonly pricing: Pricing;
  /** The numbers of slots that can be read without counting anew. */
  readonly sizes: readonly number[];
  readonly status: Pick<SweepState, "progress" | "isCancelled" | "trouble">;
  cancel(): void;
  resume(): void;
}

/** Both that the break-even is about, shown or not. */
const COUNTED: readonly VariantId[] = ["v10", "review", "review-seed"];

const newSweeps = () =>
  createSweeps({
    newWorker: () => new Worker(new URL("../../worker/sweep.worker.ts", import.meta.url), { type: "module" }),
    now: () => performance.now(),
    setTimeout: (done, ms) => window.setTimeout(done, ms),
    clearTimeout: (timer) => window.clearTimeout(timer),
  });

export function useFanout(): FanoutData {
  const [settings, set] = useSettings();
  const [sweeps] = useState(newSweeps);
  const state = useStore(sweeps.store);
  const { slot, align, hole, vms, upto, read, walks, vcpus, prices, lines } = settings;
  const sizes = useMemo(
    () => [...new Set([...sweepSizes(1, upto), read])].sort((a, b) => a - b),
    [upto, read],
  );
  const isShare = "share" in hole;
  const holeSize = isShare ? hole.share : hole.pages;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a case is what these come to
  const wanted = useMemo(() => caseOf(settings), [slot, align, isShare, holeSize, vms]);
  useEffect(() => {
    sweeps.ask(wanted, COUNTED, sizes);
    return sweeps.end;
  }, [sweeps, wanted, sizes]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: pricing is what these come to
  const pricing = useMemo(() => pricingOf(settings), [walks, vcpus, prices]);
  const all = useMemo(
    () =>
      new Map(
        COUNTED.map((variant) => {
          const known = state.rows.get(variant);
          const own = sizes.flatMap((size): SweepRow[] => {
            const row = known?.get(size);
            return row === undefined ? [] : [row];
          });
          return [variant, pricedRows(own, wanted, pricing)] as const;
        }),
      ),
    [state.rows, sizes, wanted, pricing],
  );
  const rows = useMemo(() => new Map([...all].filter(([variant]) => lines.includes(variant))), [all, lines]);
  const evens = useMemo(
    () => evensOf(settings, all.get("v10") ?? [], all.get("review") ?? []),
    [settings, all],
  );
  const { progress, isCancelled, trouble } = state;
  return {
    ...{ settings, set, rows, evens, wanted, pricing, sizes, status: { progress, isCancelled, trouble } },
    ...{ cancel: sweeps.cancel, resume: sweeps.resume },
  };
}
