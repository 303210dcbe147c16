// SPDX-License-Identifier: GPL-2.0-only
// What the events since the picture before say about how it became the next one.

import type { LabEvent, Play, StepRecord } from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

export interface Happened {
  /** Milliseconds until the list's walk has come to the notifier that is called. */
  readonly lead: number;
  /** A look-up came to an entry: from the top, or on from the entry before. */
  readonly looked: "descends" | "goesOn" | null;
  /** Something was zapped; a fault has made something present. */
  readonly zapped: boolean;
  readonly installed: boolean;
  /** Of each VM the levels at which its tables were read: `vm0/4`. */
  readonly walked: ReadonlySet<string>;
  /** The VMs whose TLBs were flushed. */
  readonly flushed: ReadonlySet<string>;
}

/** The ring of the list needs so long to the next notifier; milliseconds. */
export const RING = 160;

/** What happened in `file` and to the VMs in the steps that have been taken since `frame.from`. */
export function happenedIn({ play, from, step, world }: Frame, file: string): Happened {
  const flushed = new Set<string>();
  const walked = new Set<string>();
  let [lead, zapped, installed] = [0, false, false];
  let looked: Happened["looked"] = null;
  for (let k = from ?? step; k < step; k++) {
    const record = play.recording.steps[k];
    if (record === undefined) continue;
    const begins = record.events.some(({ type }) => type === "walk.begun");
    for (const event of record.events) {
      if (event.type === "tlb.flushed") flushed.add(event.vm);
      if (event.type === "spte.zapped") zapped = true;
      if (event.type === "spte.installed") installed = true;
      if (event.type === "guest.walked") walked.add(`${event.vm}/${event.level}`);
      if (isCall(event) && world.files[file]?.keeps === "list" && ringMoves(play, k, record)) lead = RING;
      if (event.type === "xarray.read" && event.file === file && event.notifier !== null)
        looked = begins ? "descends" : "goesOn";
      if (event.type === "bind.refused" && event.file === file && event.index !== null) looked = "descends";
    }
  }
  return { lead, looked, zapped, installed, walked, flushed };
}

const isCall = ({ type }: LabEvent) => type === "notifier.start" || type === "notifier.end";

/** The ring waits at the first notifier of a walk before that is called; to every later one it has to come. */
function ringMoves({ recording }: Play, step: number, { task }: StepRecord<LabEvent>): boolean {
  for (let k = step - 1; k >= 0; k--) {
    const before = recording.steps[k];
    if (before?.task !== task) continue;
    const last = before.events.findLast((event) => isCall(event) || event.type === "walk.begun");
    if (last !== undefined) return isCall(last);
  }
  return false;
}
