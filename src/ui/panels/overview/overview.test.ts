// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCounters } from "../../../engine/index.ts";
import type { CaptureView, Costs } from "../../worker/protocol.ts";
import { dearestPunch } from "./costs.ts";
import { callsLine, filesOver, punchBars, slotTicks } from "./lanes.ts";
import { captureText, operationText } from "./says.ts";
import { holding, moved, positionsOf, wholeSpan, zoomed } from "./span.ts";
import { clockText, lengthText, operationTicks, timeTicks } from "./ticks.ts";
import { sumsBefore } from "../../worker/sumsBefore.ts";

type Row = readonly [time: number, kind: number, file: number, start: number, end: number];

function viewOf(rows: readonly Row[], timed = true): CaptureView {
  const column = <A extends { [k: number]: number }>(array: A, n: number): A => {
    for (const [k, row] of rows.entries()) array[k] = row[n] as number;
    return array;
  };
  const { length } = rows;
  return {
    ...{
      name: "vm.strace",
      builtIn: false,
      print: "00000000",
      title: "",
      summary: null,
      problems: [],
      notes: [],
    },
    ...{ blocks: [], assumed: [], started: "08:02:32.964252", costs: [], every: 2 },
    files: [
      { name: "f0", pages: 300 },
      { name: "f1", pages: 100 },
    ],
    columns: {
      time: timed ? column(new Float64Array(length), 0) : null,
      kind: column(new Uint8Array(length), 1),
      file: column(new Uint16Array(length), 2),
      start: column(new Float64Array(length), 3),
      end: column(new Float64Array(length), 4),
    },
  };
}

const costsOf = (calls: readonly number[], freed: readonly number[]): Costs => ({
  ...{ variant: "v10", calls: Uint32Array.from(calls), wasted: new Uint32Array(calls.length) },
  ...{
    freed: Uint32Array.from(freed),
    callsBefore: sumsBefore(Uint32Array.from(calls)),
    total: newCounters(),
  },
});

const ROWS: Row[] = [
  [0, 1, 0, 0, 300],
  [1_000_000, 0, 0, 0, 30],
  [2_000_000, 0, 1, 50, 100],
  [2_000_000, 0, 0, 299, 300],
  [10_000_000, 2, 0, 0, 0],
];

describe("the stretch that is seen", () => {
  const whole = { start: 0, end: 1_000_000 };

  it("keeps under the pointer what was there, and never reaches beyond the recording", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.1, 0.5, 2, 16))),
        (turns) => {
          let span = whole;
          for (const [share, factor] of turns) {
            const at = span.start + share * (span.end - span.start);
            const next = zoomed(span, whole, at, factor);
            expect(next.start).toBeGreaterThanOrEqual(whole.start);
            expect(next.end).toBeLessThanOrEqual(whole.end + 1e-6);
            expect(next.start - 1e-6 <= at && at <= next.end + 1e-6).toBe(true);
            span = next;
          }
        },
      ),
    );
    expect(zoomed(whole, whole, 250_000, 4)).toEqual({ start: 187_500, end: 437_500 });
    expect(zoomed(whole, whole, 0, 1e9).end).toBe(100);
  });

  it("moves as a whole, and follows what is played", () => {
    const span = { start: 100_000, end: 200_000 };
    expect(moved(span, whole, -500_000)).toEqual({ start: 0, end: 100_000 });
    expect(moved(span, whole, 5_000_000)).toEqual({ start: 900_000, end: 1_000_000 });
    expect(holding(span, whole, 150_000)).toBe(span);
    expect(holding(span, whole, 500_000)).toEqual({ start: 490_000, end: 590_000 });
  });

  it("is in operations where there are no times", () => {
    const { columns } = viewOf(ROWS, false);
    expect([...positionsOf(columns)]).toEqual([0, 1, 2, 3, 4]);
    expect(wholeSpan(columns)).toEqual({ start: 0, end: 5 });
    expect(positionsOf(columns)).toBe(positionsOf(columns));
  });
});

describe("the time axis", () => {
  it("has marks at round times of day", () => {
    const texts = (from: number, to: number, most = 8) =>
      timeTicks({ start: from * 1e6, end: to * 1e6 }, "08:02:32.964252", most).map(({ text }) => text);
    expect(texts(0, 60)).toEqual(["08:02:40", "08:02:50", "08:03:00", "08:03:10", "08:03:20", "08:03:30"]);
    expect(texts(0, 1, 4)).toEqual(["08:02:33.0", "08:02:33.5"]);
    expect(texts(0, 7200, 4)).toEqual(["08:30:00", "09:00:00", "09:30:00", "10:00:00"]);
    expect(texts(80_000, 81_000, 3)).toEqual(["06:20:00", "06:30:00"]); // the next day
  });

  it("counts from the beginning where the recording does not say when it was", () => {
    const ticks = timeTicks({ start: 0, end: 90e6 }, null, 4);
    expect(ticks.map(({ text }) => text)).toEqual(["+0 s", "+30 s", "+1:00"]);
  });

  it("has marks that lie inside, in order, and not too many", () => {
    const span = fc
      .tuple(fc.nat(1e9), fc.integer({ min: 100, max: 1e12 }))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(
        span,
        fc.integer({ min: 2, max: 20 }),
        fc.constantFrom(null, "23:59:59.5"),
        (own, most, started) => {
          const at = timeTicks(own, started, most).map((tick) => tick.at);
          expect(at.length).toBeLessThanOrEqual(most + 1);
          expect([...at].sort((a, b) => a - b)).toEqual(at);
          for (const each of at) expect(each >= own.start - 1e-3 && each < own.end).toBe(true);
        },
      ),
    );
    expect(operationTicks({ start: 0, end: 8632 }, 5).map(({ text }) => text)).toEqual([
      "2,000",
      "4,000",
      "6,000",
      "8,000",
    ]);
  });

  it("writes times of day and lengths", () => {
    expect(clockText(3_661_000_000, 1e6)).toBe("01:01:01");
    expect(clockText(3_661_428_410, 1)).toBe("01:01:01.428410");
    expect([310_000, 59_100_000, 192_000_000, 7_380_000_000].map(lengthText)).toEqual([
      ...["310 ms", "59.1 s", "3 min 12 s", "2 h 3 min"],
    ]);
  });
});

describe("what a recording has cost", () => {
  it("is summed up to each operation", () => {
    expect([...sumsBefore(Uint32Array.of(0, 14, 2, 14, 0))]).toEqual([0, 0, 14, 16, 30, 30]);
    expect([...sumsBefore(Uint32Array.of(2 ** 32 - 1, 5))]).toEqual([0, 2 ** 32 - 1, 2 ** 32 + 4]);
  });

  it("has a dearest punch: by calls, then by pages freed, then the first", () => {
    const view = viewOf(ROWS);
    expect(dearestPunch(view, costsOf([99, 14, 2, 14, 99], [0, 30, 50, 1, 0]))).toBe(1);
    expect(dearestPunch(view, costsOf([0, 14, 2, 14, 0], [0, 30, 50, 31, 0]))).toBe(3);
    expect(dearestPunch(view, costsOf([0, 2, 2, 2, 0], [0, 5, 50, 50, 0]))).toBe(2);
    expect(dearestPunch(viewOf(ROWS.slice(0, 1)), costsOf([9], [9]))).toBeNull();
  });
});

describe("the lanes", () => {
  const view = viewOf(ROWS);
  const span = { start: 0, end: 10_000_001 };

  it("have files as high as their share of all pages", () => {
    expect(filesOver(view, 72)).toEqual([
      { name: "f0", top: 0, height: 54 },
      { name: "f1", top: 54, height: 18 },
    ]);
  });

  it("have a bar where a punch lies in time and in its file, and no other operation", () => {
    expect(punchBars(view, span, 100, 72)).toEqual([
      { x: 9, y: 0, height: 6 },
      { x: 19, y: 53, height: 2 },
      { x: 19, y: 63, height: 9 },
    ]);
  });

  it("show of a nearer stretch what lies in it", () => {
    expect(punchBars(view, { start: 500_000, end: 1_500_000 }, 100, 72)).toEqual([
      { x: 50, y: 0, height: 6 },
    ]);
  });

  it("have ticks where slots come and go", () => {
    expect(slotTicks(view, span, 100)).toEqual([0, 99]);
  });

  it("have a line that rises by what an operation costs, up to the sum of all", () => {
    const line = callsLine(view, costsOf([0, 14, 2, 14, 0], [0, 0, 0, 0, 0]), span, {
      width: 100,
      height: 30,
      most: 30,
    });
    expect(line).toBe("M0 30H10V16H20V0H100V0");
  });
});

it("an operation is told with its time, its pages and what it costs", () => {
  const view = viewOf(ROWS);
  const list = {
    ...costsOf([0, 14, 2, 14, 0], [0, 0, 0, 0, 0]),
    wasted: Uint32Array.from([0, 12, 0, 12, 0]),
  };
  expect(operationText(view, 1, [list])).toBe(
    "Operation 2 of 5, 08:02:33.964252: punches pages [0,30) of f0; LIST 14 calls, 12 wasted.",
  );
  expect(operationText(view, 0, [list])).toBe(
    "Operation 1 of 5, 08:02:32.964252: creates a slot on pages [0,300) of f0.",
  );
  expect(operationText(viewOf(ROWS, false), 4, [list])).toBe("Operation 5 of 5: deletes a slot.");
  expect(captureText(view)).toBe("3 punches and 2 other operations in 10.0 s");
  expect(captureText(viewOf(ROWS.slice(1, 2), false))).toBe("1 punch, no time stamps");
});
