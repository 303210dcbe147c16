// SPDX-License-Identifier: GPL-2.0-only
// The recording that is loaded, and what it costs over its own memslots and over more.

import { useEffect, useMemo, useState } from "react";
import type { Pricing } from "../../../engine/index.ts";
import { costOfAll, type VmBill } from "../../scene/fanout/vmBill.ts";
import type { Punches } from "../../scene/fanout/vmScene.ts";
import type { OpenCapture } from "../../store/capture.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { numberText } from "../../text/number.ts";
import type { CaptureView, Cuts } from "../../worker/protocol.ts";

/** "If it had as many memslots." */
const SIZES = [512, 4096, 32_764];

export interface Vm {
  readonly view: CaptureView;
  readonly punches: Punches;
  /** Null until the worker has counted. */
  readonly cuts: Cuts | null;
  readonly bills: readonly VmBill[];
}

/** Null where what is loaded is no recording. */
export function useVm(pricing: Pricing): Vm | null {
  const lab = useLab();
  const capture = useShown(({ loaded }) => loaded?.capture?.of ?? null);
  const [counted, setCounted] = useState<{ of: OpenCapture; cuts: Cuts } | null>(null);
  useEffect(() => {
    if (capture === null) return;
    let isStale = false;
    capture.cuts(SIZES).then(
      (cuts) => {
        if (!isStale) setCounted({ of: capture, cuts });
      },
      (error: unknown) => lab.say(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isStale = true;
    };
  }, [capture, lab]);
  const cuts = counted !== null && counted.of === capture ? counted.cuts : null;
  return useMemo(() => {
    if (capture === null || capture.view.costs.length === 0) return null;
    const { view } = capture;
    return { view, cuts, punches: punchesOf(view), bills: cuts === null ? [] : billsOf(view, cuts, pricing) };
  }, [capture, cuts, pricing]);
}

function punchesOf({ columns: { kind, time } }: CaptureView): Punches {
  const times: number[] = [];
  for (let k = 0; k < kind.length; k++)
    if (kind[k] === 0) times.push(time === null ? k : (time[k] as number));
  return { times, unit: time === null ? "operation" : "time" };
}

function billsOf(view: CaptureView, { slots, sizes }: Cuts, pricing: Pricing): VmBill[] {
  const pages = slots.map(({ start, end }) => end - start).sort((a, b) => a - b);
  const middle = Math.max(1, pages[pages.length >> 1] ?? 1);
  const own = view.costs.map(({ variant, total }): VmBill => {
    const bound = Math.max(1, slots.length - total.bindsRefused);
    return {
      ...{ layout: "as it is", slots: slots.length, variant, bound },
      ...{ callbacks: total.startCallbacks + total.endCallbacks, wasted: total.wasted },
      cost: costOfAll(variant, total, { bound: calledBy(variant, total, bound), slotPages: middle }, pricing),
    };
  });
  const cut = sizes.flatMap(({ slots: count, bills }) =>
    bills.map(({ variant, total, bound, file }): VmBill => {
      const filePages = view.files.find(({ name }) => name === file)?.pages ?? count;
      const slotPages = Math.max(1, Math.round(filePages / count));
      return {
        ...{ layout: numberText(count), slots: count, variant, bound },
        ...{ callbacks: total.startCallbacks + total.endCallbacks, wasted: total.wasted },
        cost: costOfAll(variant, total, { bound, slotPages }, pricing),
      };
    }),
  );
  return [...own, ...cut];
}

/** A list is as long as a punch has called it; memslots come and go, and belong to several files. */
const calledBy = (
  variant: VmBill["variant"],
  total: CaptureView["costs"][number]["total"],
  bound: number,
): number =>
  variant === "v10" && total.punches > 0 ? Math.max(1, total.startCallbacks / total.punches) : bound;
