// SPDX-License-Identifier: GPL-2.0-only
// The events of a play as text, one JSON line each: what is hashed, compared and exported.

import { FNV_OFFSET_BASIS, fnvHex, fnvStep } from "../../fnv.ts";
import { drain, type Slices } from "../../sim/slices.ts";
import type { StepRecord } from "../../sim/run.ts";
import type { LabEvent } from "../machine/events.ts";
import type { Play } from "./play.ts";

/** All lines of `play`, without line feeds. */
export function* eventLines({ scenario, recording }: Play): Generator<string> {
  const tasks = [...scenario.tasks.keys()];
  for (const [k, record] of recording.steps.entries()) {
    let lines = "";
    writeStep(record, tasks[record.task] ?? "", k + 1, (piece) => {
      lines += piece;
    });
    yield* lines.split("\n").slice(0, -1);
  }
}

/**
 * `{"step":1,"task":"P","at":[...],"type":...}`, a line with its line feed for each event, piece by piece: whoever
 * hashes millions of lines need not put any of them together. Numbers beyond 2^53 are written as strings of digits.
 */
export function writeStep(
  { at, events }: StepRecord<LabEvent>,
  task: string,
  step: number,
  put: (piece: string) => void,
): void {
  for (const event of events) {
    put('{"step":');
    put(String(step));
    put(',"task":');
    put(quoted(task));
    put(',"at":');
    put(listed(at));
    for (const field in event) {
      put(`,"${field}":`);
      put(written(event[field as keyof LabEvent]));
    }
    put("}\n");
  }
}

/** What JSON.stringify() writes with `plain`. The few kinds of values that events are made of are quicker by hand. */
function written(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
    case "boolean":
      return String(value);
    default:
      return value === null ? "null" : JSON.stringify(value, plain);
  }
}

/** Names and labels, quoted. There are few of them in millions of lines. */
const quotedBefore = new Map<string, string>();
const QUOTED_MAX = 10_000;

function quoted(text: string): string {
  const known = quotedBefore.get(text);
  if (known !== undefined) return known;
  if (quotedBefore.size >= QUOTED_MAX) quotedBefore.clear();
  const json = JSON.stringify(text);
  quotedBefore.set(text, json);
  return json;
}

/** Lists of labels, which all steps of one place share. */
const listedBefore = new WeakMap<readonly string[], string>();

function listed(labels: readonly string[]): string {
  const known = listedBefore.get(labels);
  if (known !== undefined) return known;
  const json = JSON.stringify(labels);
  listedBefore.set(labels, json);
  return json;
}

/** FNV-1a 32 over the lines, each with its line feed. The same in Node and in a browser, to the byte. */
export const eventsHash = (play: Play): string => drain(hashingEvents(play));

/** A slice of the hashing ends after so many steps. */
const SLICE_STEPS = 256;

/** eventsHash() in slices. */
export function* hashingEvents({ scenario, recording }: Play): Slices<string> {
  const tasks = [...scenario.tasks.keys()];
  const hash = newEventsHash();
  for (const [k, record] of recording.steps.entries()) {
    hash.add(record, tasks[record.task] ?? "", k + 1);
    if (k % SLICE_STEPS === 0) yield;
  }
  return hash.hex();
}

/** The hash of a run that is told step by step. */
export function newEventsHash() {
  let hash = FNV_OFFSET_BASIS;
  const put = (piece: string) => {
    hash = fnvStep(hash, piece);
  };
  return {
    add: (record: StepRecord<LabEvent>, task: string, step: number) => writeStep(record, task, step, put),
    hex: () => fnvHex(hash),
  };
}

/** A JSON.stringify replacer: bigints become numbers where these are exact, else digits. */
export function plain(_key: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)
    ? Number(value)
    : String(value);
}
