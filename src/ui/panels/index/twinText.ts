// SPDX-License-Identifier: GPL-2.0-only
// What one notifier has been told up to the shown step, in the sentences of the event log.

import type { Play } from "../../../engine/index.ts";
import { sentence } from "../../text/sentence.ts";

interface Heard {
  readonly notifier: number;
  /** Steps up to this index into the recording have been read. */
  end: number;
  readonly sentences: { readonly step: number; readonly text: string }[];
}

const heardOf = new WeakMap<Play, Heard>();

/** The sentences of the events that name `notifier`, from the first step to step `step`. A step on reads that one. */
function toldTo(play: Play, notifier: number, step: number): readonly string[] {
  let heard = heardOf.get(play);
  if (heard === undefined || heard.notifier !== notifier || heard.end > step) {
    heard = { notifier, end: 0, sentences: [] };
    heardOf.set(play, heard);
  }
  for (; heard.end < step; heard.end++) {
    const record = play.recording.steps[heard.end];
    for (const event of record?.events ?? [])
      if ("notifier" in event && event.notifier === notifier)
        heard.sentences.push({ step: heard.end + 1, text: sentence(event, record!, play) });
  }
  return heard.sentences.map(({ text }) => text);
}

/** A notifier as an option of a list: whose it is, and what it has been told. */
export function twinText(play: Play, name: string, notifier: number, step: number): string {
  const told = toldTo(play, notifier, step);
  return `Slot ${name}. ${told.length === 0 ? "It has been told nothing yet." : told.join(" ")}`;
}
