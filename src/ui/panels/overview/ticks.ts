// SPDX-License-Identifier: GPL-2.0-only
// The marks of the time axis: at round times of day, as many as have room.

import { ticks as roundNumbers } from "d3";
import { numberText } from "../../text/index.ts";
import type { Span } from "./span.ts";

export interface Tick {
  readonly at: number;
  readonly text: string;
}

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
/** Round lengths below a second come by powers of ten; above, those of a clock. */
const OF_CLOCK = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
].map((seconds) => seconds * SECOND);

/** At most `most` ticks in `span`; times of day from `started`, the time of day at 0, else times since then. */
export function timeTicks(span: Span, started: string | null, most: number): Tick[] {
  const offset = started === null ? 0 : microsecondsOf(started);
  const apart = roundLength((span.end - span.start) / most);
  const first = Math.ceil((span.start + offset) / apart) * apart;
  const all: Tick[] = [];
  for (let at = first; at < span.end + offset; at += apart)
    all.push({
      at: at - offset,
      text: started === null ? `+${sinceText(at, apart)}` : clockText(at, apart),
    });
  return all;
}

/** At most `most` ticks at round numbers of operations, counted from 1. */
export function operationTicks(span: Span, most: number): Tick[] {
  const numbers = roundNumbers(span.start + 1, span.end + 1, most).filter(Number.isInteger);
  return numbers.map((number) => ({ at: number - 1, text: numberText(number) }));
}

/** The time of day at `at` microseconds: `08:02:39.428`, with as many digits as tell `apart` from nothing. */
export function clockText(at: number, apart: number): string {
  const inDay = ((Math.round(at) % DAY) + DAY) % DAY;
  const whole = Math.floor(inDay / SECOND);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const text = [h, m, s].map((part) => String(part).padStart(2, "0")).join(":");
  return `${text}${fraction(inDay % SECOND, apart)}`;
}

/** A stretch of time: `3 min 12 s`, `4.25 s`, `310 ms`. */
export function lengthText(microseconds: number): string {
  if (microseconds < SECOND) return `${Math.round(microseconds / 1000)} ms`;
  const seconds = Math.round(microseconds / SECOND);
  if (seconds < 60) return `${(microseconds / SECOND).toFixed(1)} s`;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h} h ${m} min` : `${m} min ${s} s`;
}

/** The time of day at a moment of the recording, to the microsecond; since its beginning where it has none. */
export const stampText = (at: number, started: string | null): string =>
  started === null ? `+${sinceText(at, 1)}` : clockText(at + microsecondsOf(started), 1);

function microsecondsOf(started: string): number {
  const [h = 0, m = 0, s = 0] = started.split(":").map(Number);
  return Math.round((h * 3600 + m * 60 + s) * SECOND);
}

function sinceText(at: number, apart: number): string {
  const seconds = Math.floor(at / SECOND);
  const text =
    seconds < 60 ? `${seconds}` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return `${text}${fraction(at % SECOND, apart)}${seconds < 60 ? " s" : ""}`;
}

function fraction(microseconds: number, apart: number): string {
  if (apart >= SECOND) return "";
  const digits = Math.min(6, Math.ceil(-Math.log10(apart / SECOND) - 1e-9));
  return `.${String(Math.floor(microseconds)).padStart(6, "0").slice(0, digits)}`;
}

function roundLength(least: number): number {
  return (
    OF_CLOCK.find((length) => length >= least && least > SECOND / 2) ??
    (least > DAY ? roundNumber(least / DAY) * DAY : roundNumber(least))
  );
}

/** The least of 1, 2, 5, 10, 20, 50 ... that is not below `least`. */
function roundNumber(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}
