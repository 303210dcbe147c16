// SPDX-License-Identifier: GPL-2.0-only
// What the run has cost its design up to now.

import { countersResting, type Play, type Refusal } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";
import type { Refused } from "./told.ts";

export interface Figure {
  readonly name: string;
  readonly value: string;
  /** It rests on what the scenario assumes. */
  readonly isAssumed: boolean;
}

export interface Bill {
  /** Calls so far, of both walks. */
  readonly calls: number;
  readonly needed: number;
  readonly wasted: number;
  /** Calls that the rest of the run will make; the run is known to its end. */
  readonly toGo: number;
  /** What a run is about that calls nobody: binds refused so far, and those to come. Null where somebody is called. */
  readonly binds: { readonly refused: number; readonly toGo: number } | null;
  readonly figures: readonly Figure[];
  /** What the assumed ones rest on, or null. */
  readonly assumed: string | null;
  /** What was refused up to now, in the set-up and in the run. */
  readonly refused: readonly string[];
}

export function billOf(frame: Frame): Bill {
  const { world, play } = frame;
  const { counters } = world;
  const calls = counters.startCallbacks + counters.endCallbacks;
  const nodes = [
    ...(world.variant === "v10" ? [figure("list nodes read", counters.listNodesRead)] : []),
    ...(world.variant === "v10"
      ? []
      : [
          figure("xa_nodes read", counters.xarrayNodesRead),
          figure("xa slots read", counters.xarraySlotsRead),
        ]),
  ];
  const { assumed } = play.scenario;
  const resting = countersResting(assumed);
  const whole = play.scenario.part?.total.get(world.variant) ?? play.counters;
  const all = whole.startCallbacks + whole.endCallbacks;
  const refusedNow = counters.bindsRefused;
  return {
    binds:
      all === 0 && play.counters.bindsRefused > 0
        ? { refused: refusedNow, toGo: play.counters.bindsRefused - refusedNow }
        : null,
    calls,
    needed: counters.startHits + counters.endHits,
    wasted: counters.wasted,
    toGo: all - calls,
    figures: [
      ...nodes,
      figure("SPTEs zapped", counters.sptesZapped, resting.includes("sptesZapped")),
      figure("TLB flushes", counters.tlbFlushes, resting.includes("tlbFlushes")),
      figure("pages freed", counters.pagesFreed, resting.includes("pagesFreed")),
      figure("rm->lock takes", counters.rmLockTakes),
      figure("mmu_lock takes", counters.mmuLockTakes),
      ...(counters.walksAtOnceMax > 1 ? [figure("walks at once", counters.walksAtOnceMax)] : []),
      ...(whole.bindsRefused > 0 ? [figure("binds refused", refusedNow)] : []),
    ],
    assumed: assumed === null ? null : `every page was there${assumed.mapped ? " and mapped" : ""}`,
    refused: [...play.refusals.map(refusalText), ...refusedInRun(frame)],
  };
}

const figure = (name: string, value: number, isAssumed = false): Figure => ({
  ...{ name, value: value.toLocaleString("en-GB"), isAssumed },
});

const refusalText = ({ operation, errno }: Refusal): string => {
  const what = "slot" in operation ? `${operation.op} ${operation.vm}/${operation.slot}` : operation.op;
  return `set-up: ${what} ${errno === null ? "is not in this design" : `-${errno}`}`;
};

const refusalsIn = new WeakMap<Play, readonly { readonly step: number; readonly text: string }[]>();

/** The run is read once, however often its bill is drawn. */
function refusedInRun({ play, step }: Frame): string[] {
  const all =
    refusalsIn.get(play) ??
    play.recording.steps.flatMap(({ events }, k) =>
      events.flatMap((event) =>
        event.type === "bind.refused" ? { step: k + 1, text: refusedText(event) } : [],
      ),
    );
  refusalsIn.set(play, all);
  return all.filter((refusal) => refusal.step <= step).map(({ text }) => text);
}

const refusedText = ({ memslot, start, end, index }: Refused): string =>
  `${memslot} [${start},${end})${index === null ? "" : `: index ${index} is taken`}`;
