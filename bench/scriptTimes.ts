// SPDX-License-Identifier: GPL-2.0-only
// From a trace of the browser to the time that scripts took in each frame.
//
// Counted   whatever the main thread spent in calls of script: animation frames, timers, events, microtasks, and the
//           garbage that was collected, also between two calls. A layout that a script asks for is in its time.
// Left out  style, layout and paint of the frame itself, which the browser does when no script runs.

/** What is read of one event of the trace; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
}

const SCRIPT = new Set([
  "FireAnimationFrame",
  "FunctionCall",
  "EvaluateScript",
  "EventDispatch",
  "TimerFire",
  "RunMicrotasks",
  "MinorGC",
  "MajorGC",
]);

/** Milliseconds of script in each frame that the trace holds whole: from one animation frame's call to the next. */
export function scriptTimes(events: readonly TraceEvent[]): number[] {
  const thread = events.find(({ name }) => name === "FireAnimationFrame");
  if (thread === undefined) return [];
  const own = events
    .filter(
      ({ name, ph, pid, tid }) => pid === thread.pid && tid === thread.tid && ph === "X" && SCRIPT.has(name),
    )
    .sort((a, b) => a.ts - b.ts);
  // Several callbacks may share a frame; one that begins more than half a frame later begins the next.
  const begins: number[] = [];
  for (const { name, ts } of own)
    if (name === "FireAnimationFrame" && ts - (begins.at(-1) ?? Number.NEGATIVE_INFINITY) > FRAME_US / 2)
      begins.push(ts);
  const times = begins.slice(1).map(() => 0);
  let frame = 0;
  let ended = 0;
  for (const { ts, dur = 0 } of own) {
    while (frame < times.length && ts >= begins[frame + 1]!) frame++;
    if (ts < begins[0]! || frame >= times.length) continue;
    // An event inside another has been counted with it.
    const from = Math.max(ts, ended);
    ended = Math.max(ended, ts + dur);
    times[frame] = times[frame]! + Math.max(0, ts + dur - from) / 1000;
  }
  return times;
}

/** A frame of a screen that shows sixty a second. */
const FRAME_US = 16_667;
