// SPDX-License-Identifier: GPL-2.0-only
// The time stamps of a log as microseconds since the first of them.
//
// A time of day (-t, -tt) that falls back by more than an hour has passed midnight; by less, somebody set the clock.
// Seconds with a fraction are the epoch's (-ttt) or, where they are few, those since the line before (-r). The first
// stamp of a log decides which kind counts.

type StampKind = "ofDay" | "ofEpoch" | "sinceLast";

export interface Clock {
  kind: StampKind | null;
  /** The time of day at the first stamp, as a scenario writes it; null where the stamps tell none. */
  started: string | null;
  /** The first stamp and the last one, in microseconds; days are counted on. */
  first: number;
  last: number;
}

/** Before the first stamp. */
export const newClock = (): Clock => ({ kind: null, started: null, first: 0, last: 0 });

/** Microseconds since the first stamp, at the last one. Never less than 0. */
export const elapsed = (clock: Clock) => Math.max(0, clock.last - clock.first);

/** Goes on to `stamp`: `HH:MM:SS` or seconds, either with a fraction. One of another kind than the first is passed over. */
export function tick(clock: Clock, stamp: string): void {
  const point = stamp.indexOf(".");
  const whole = point < 0 ? stamp : stamp.slice(0, point);
  const micros = point < 0 ? 0 : Number(stamp.slice(point + 1, point + 7).padEnd(6, "0"));
  const ofDay = whole.charAt(2) === ":";
  const seconds = ofDay ? secondsOfDay(whole) : Number(whole);
  const kind = ofDay ? "ofDay" : seconds >= EPOCH_MIN ? "ofEpoch" : "sinceLast";
  const at = seconds * SECOND + micros;
  if (at >= LAST) return;
  if (clock.kind === null) begin(clock, kind, at, point >= 0);
  else if (kind === clock.kind) clock.last = Math.min(LAST, next(clock, at));
}

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** Beyond this no number is exact; no recording gets there. */
const LAST = Number.MAX_SAFE_INTEGER;
/** Seconds of the epoch since 1973; no two lines of a log lie that far apart. */
const EPOCH_MIN = 100_000_000;

function begin(clock: Clock, kind: StampKind, at: number, fine: boolean) {
  clock.kind = kind;
  clock.first = at;
  clock.last = at;
  if (kind !== "sinceLast") clock.started = timeOfDay(at % DAY, fine);
}

function next({ kind, last }: Clock, at: number): number {
  if (kind === "ofEpoch") return at;
  if (kind === "sinceLast") return last + at;
  const today = last - (last % DAY) + at;
  return today < last - HOUR ? today + DAY : today;
}

const secondsOfDay = (text: string) =>
  Number(text.slice(0, 2)) * 3600 + Number(text.slice(3, 5)) * 60 + Number(text.slice(6, 8));

function timeOfDay(at: number, fine: boolean): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const text = `${two(at / HOUR)}:${two((at % HOUR) / (60 * SECOND))}:${two((at % (60 * SECOND)) / SECOND)}`;
  return fine ? `${text}.${String(at % SECOND).padStart(6, "0")}` : text;
}
