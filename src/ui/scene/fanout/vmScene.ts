// SPDX-License-Identifier: GPL-2.0-only
// A recorded machine: its memslots along the pages of its files, its punches over time, and its bills.

import { bytesText, nsText } from "../../text/fanout/amounts.ts";
import { refusedShareText } from "../../text/fanout/sentences.ts";
import { countText, numberText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { designStyle } from "./designStyle.ts";
import { logScale, powersAround, powersIn } from "./logScale.ts";
import { type Mark, type Picture, round, shape, signPath, word } from "./marks.ts";
import type { VmBill } from "./vmBill.ts";

interface SlotRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface Punches {
  /** Of each punch, in order. */
  readonly times: ArrayLike<number>;
  /** What `times` counts: microseconds, or the operations before it. */
  readonly unit: "time" | "operation";
}

const STRIP = 20;
const HIGH = 90;
const BIN = 8;

/** Memslots, a row a file, and below them how many punches there were in each stretch of time. */
export function machinePicture(slots: readonly SlotRange[], punches: Punches, width: number): Picture {
  const files = [...new Set(slots.map(({ file }) => file))];
  const rows = files.flatMap((file, k): Mark[] => {
    const own = slots.filter((slot) => slot.file === file);
    const pages = Math.max(...own.map(({ end }) => end));
    const top = 18 + k * (STRIP + 26);
    const at = (page: number) => (page / pages) * (width - 2) + 1;
    return [
      word(
        `file-${file}`,
        [0, top - 6],
        `${file}: ${countText(own.length, "memslot")}, ${bytesText(pages * 4096)}`,
        {
          ...{ weight: 600, fill: "ink" },
        },
      ),
      shape(`strip-${file}`, `M1 ${top}H${width - 1}v${STRIP}H1z`, { stroke: "line-strong" }),
      ...own.map(({ start, end }) =>
        shape(
          `slot-${file}-${start}`,
          `M${round(at(start))} ${top}H${round(Math.max(at(start) + 1.5, at(end) - 1))}v${STRIP}H${round(at(start))}z`,
          { fill: "raised", stroke: "ink-3" },
        ),
      ),
    ];
  });
  const top = files.length * (STRIP + 26) + 24;
  return { width, height: top + HIGH + 26, marks: [...rows, ...histogram(punches, top, width)] };
}

function histogram({ times, unit }: Punches, top: number, width: number): Mark[] {
  const count = times.length;
  const last = count === 0 ? 1 : Math.max(1, times[count - 1] ?? 1);
  const bins = new Array<number>(Math.max(1, Math.floor(width / BIN))).fill(0);
  for (let k = 0; k < count; k++) {
    const bin = Math.min(bins.length - 1, Math.floor(((times[k] ?? 0) / last) * bins.length));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const most = Math.max(1, ...bins);
  const bottom = top + HIGH;
  const bars = bins.flatMap((value, k) =>
    value === 0
      ? []
      : [
          `M${k * BIN} ${bottom}v${-round(Math.max(2, (Math.log1p(value) / Math.log1p(most)) * (HIGH - 20)))}h${BIN - 1}V${bottom}z`,
        ],
  );
  const end = unit === "time" ? nsText(last * 1000) : `operation ${numberText(last)}`;
  return [
    word(
      "punches",
      [0, top + 10],
      `${countText(count, "punch", "punches")} over time, at most ${numberText(most)} in a bar; heights are logarithmic`,
      {
        ...{ weight: 600, fill: "ink" },
      },
    ),
    shape("bars", bars.join(""), { fill: "ink-2" }),
    shape("floor", `M0 ${bottom}H${width}`, { stroke: "line-strong" }),
    word("begin", [0, bottom + 16], "0"),
    word("end", [width, bottom + 16], end, { anchor: "end" }),
  ];
}

/** A line has a lane for each design, so that equal bills lie one below the other. */
const LANE = 18;
const GAP = 14;
const NAMES = 118;
/** About a letter of 12 pixels. */
const LETTER = 6.6;

/** A line a layout, in it a lane a design: each design's bill on one logarithmic axis, with its figure. */
export function billsPicture(bills: readonly VmBill[], width: number): Picture {
  const layouts = [...new Set(bills.map(({ layout }) => layout))];
  const designs = [...new Set(bills.map(({ variant }) => variant))];
  const line = designs.length * LANE + GAP;
  const times = bills.map(({ cost }) => cost.ns).filter((ns) => ns > 0);
  const [min, max] = powersAround(Math.min(...times, 1e9), Math.max(...times, 1e3), 10);
  const right = width - 66;
  const x = logScale(min, max, NAMES, right);
  const bottom = 12 + layouts.length * line;
  const ticks = powersIn(min, max, 10, Math.floor((right - NAMES) / 70)).flatMap((ns): Mark[] => [
    shape(`grid-${ns}`, `M${round(x.at(ns))} 6V${bottom}`, { stroke: "line" }),
    word(`tick-${ns}`, [x.at(ns), bottom + 16], nsText(ns), { anchor: "middle" }),
  ]);
  const lines = layouts.flatMap((layout, k): Mark[] => {
    const top = 12 + k * line;
    const own = bills.filter((bill) => bill.layout === layout && bill.cost.ns > 0);
    return [
      word(`layout-${layout}`, [NAMES - 14, top + line / 2 - GAP / 2 + 4], layout, {
        ...{ anchor: "end", weight: 600, fill: "ink" },
      }),
      shape(`below-${layout}`, `M${NAMES} ${top + line - GAP / 2}H${right}`, { stroke: "line" }),
      ...own.flatMap(({ variant, cost, slots, bound }): Mark[] => {
        const { sign, ink } = designStyle(variant);
        const y = top + (designs.indexOf(variant) + 0.5) * LANE;
        const refused = bound < slots ? `, ${refusedShareText({ slots, bound })}` : "";
        const text = `${nsText(cost.ns)}${refused}`;
        const isLate = x.at(cost.ns) + 11 + text.length * LETTER > width;
        return [
          shape(`sign-${layout}-${variant}`, signPath(sign, x.at(cost.ns), y, 5), { fill: ink }),
          word(`bill-${layout}-${variant}`, [x.at(cost.ns) + (isLate ? -11 : 11), y + 4], text, {
            ...{ anchor: isLate ? "end" : "start", weight: 600, fill: ink },
          }),
        ];
      }),
    ];
  });
  return { width, height: bottom + 46, marks: [...ticks, ...lines, ...designsNamed(bills, bottom + 38)] };
}

/** The signs of the designs, with their names. */
function designsNamed(bills: readonly VmBill[], y: number): Mark[] {
  let x = NAMES;
  return [...new Set(bills.map(({ variant }) => variant))].flatMap((variant): Mark[] => {
    const from = x;
    const { sign, ink } = designStyle(variant);
    x += 40 + variantName(variant).length * 7;
    return [
      shape(`named-${variant}`, signPath(sign, from, y - 4, 4.5), { fill: ink }),
      word(`named-${variant}-word`, [from + 10, y], variantName(variant), { weight: 600, fill: ink }),
    ];
  });
}

/** What billsPicture() shows, as a sentence. */
export const billsSay = (bills: readonly VmBill[]): string =>
  bills
    .map(({ layout, variant, cost }) => `${layout}, ${variantName(variant)}: ${nsText(cost.ns)}`)
    .join("; ");
