// SPDX-License-Identifier: GPL-2.0-only
// The events of a play as text, one JSON line each: what is hashed, compared and exported.

import { FNV_OFFSET_BASIS, fnvHex, fnvStep } from "../../fnv.ts";
import { drain, type Slices } from "../../sim/slices.ts";
import type { Play } from "./play.ts";

/** `{"step":1,"task":"P","at":[...],"type":...}`. Numbers beyond 2^53 are written as strings of digits. */
export function* eventLines({ scenario, recording }: Play): Generator<string> {
  const tasks = [...scenario.tasks.keys()];
  for (const [k, { task, at, events }] of recording.steps.entries()) {
    // What the events of a step share is written once.
    const shared = JSON.stringify({ step: k + 1, task: tasks[task], at }).slice(0, -1);
    for (const event of events) {
      // A replacer is called for every value of every line; few events have anything to replace.
      const own = Object.values(event).some(holdsBigint)
        ? JSON.stringify(event, plain)
        : JSON.stringify(event);
      yield `${shared},${own.slice(1)}`;
    }
  }
}

const holdsBigint = (value: unknown): boolean =>
  typeof value === "bigint" || (Array.isArray(value) && value.some(holdsBigint));

/** FNV-1a 32 over the lines, each with its line feed. The same in Node and in a browser, to the byte. */
export const eventsHash = (play: Play): string => drain(hashingEvents(play));

/** A slice of the hashing ends after so many lines. */
const SLICE_LINES = 512;

/** eventsHash() in slices. */
export function* hashingEvents(play: Play): Slices<string> {
  let hash = FNV_OFFSET_BASIS;
  let lines = 0;
  for (const line of eventLines(play)) {
    hash = fnvStep(hash, `${line}\n`);
    lines++;
    if (lines % SLICE_LINES === 0) yield;
  }
  return fnvHex(hash);
}

/** A JSON.stringify replacer: bigints become numbers where these are exact, else digits. */
export function plain(_key: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)
    ? Number(value)
    : String(value);
}
