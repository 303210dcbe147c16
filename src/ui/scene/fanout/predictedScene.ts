// SPDX-License-Identifier: GPL-2.0-only
// What the model predicts, held against punches that were timed on a live kernel and that no price was fitted on.

import {
  comparisons,
  FITTED_ON,
  type MeasuredPunch,
  predictedNs,
  TIMED_PUNCHES,
} from "../../../engine/index.ts";
import { logScale } from "./logScale.ts";
import { type Mark, type Picture, polyline, round, shape, signPath, word } from "./marks.ts";
import type { Table } from "./tables.ts";

const NAMES: Readonly<Record<MeasuredPunch, string>> = {
  punch_page: "one page",
  punch_slot: "one memslot",
  punch_file: "the whole file",
};

const ROW = 54;
const LEFT = 112;
const RATIOS = [0.125, 0.25, 0.5, 1, 2, 4, 8];

/** A row a kind of punch, a sign each timed punch; the middle half is what lies within twice of what was measured. */
export function predictedPicture(width: number): Picture {
  const right = width - 90;
  const x = logScale(0.125, 8, LEFT, right);
  const rows = comparisons();
  const bottom = 8 + rows.length * ROW;
  const ticks = RATIOS.flatMap((ratio): Mark[] => [
    shape(
      `grid-${ratio}`,
      polyline([
        [x.at(ratio), 8],
        [x.at(ratio), bottom],
      ]),
      {
        stroke: ratio === 1 ? "ink-3" : "line",
      },
    ),
    word(`tick-${ratio}`, [x.at(ratio), bottom + 16], ratio < 1 ? `1/${1 / ratio}` : String(ratio), {
      anchor: "middle",
    }),
  ]);
  const kinds = rows.flatMap(({ op, median }, k): Mark[] => {
    const y = 8 + k * ROW + ROW / 2;
    const punches = TIMED_PUNCHES.filter((punch) => punch.op === op && !FITTED_ON.includes(punch.slots));
    return [
      word(`name-${op}`, [LEFT - 14, y + 4], NAMES[op], { anchor: "end", weight: 600, fill: "ink" }),
      ...punches.map((punch, n) =>
        // Side by side in three lanes: many are alike.
        shape(
          `${op}-${n}`,
          signPath("circle", x.at(predictedNs(punch) / punch.medianNs), y + ((n % 3) - 1) * 9, 3),
          {
            ...{ stroke: "xarray", width: 1.25 },
          },
        ),
      ),
      shape(`median-${op}`, `M${round(x.at(median))} ${y - 19}V${y + 19}`, { stroke: "ink", width: 3 }),
      word(`median-${op}-word`, [right + 12, y + 4], `${median.toFixed(2)} times`, {
        weight: 650,
        fill: "ink",
      }),
    ];
  });
  const [half, twice] = [x.at(0.5), x.at(2)];
  return {
    width,
    height: bottom + 24,
    marks: [
      shape("within", `M${half} 8H${twice}V${bottom}H${half}z`, { fill: "raised" }),
      ...ticks,
      ...kinds,
    ],
  };
}

export const predictedTable = (): Table => ({
  caption: "Predicted divided by measured, by kind of punch",
  columns: [
    { title: "punch of" },
    { title: "punches" },
    ...["median", "lowest", "highest"].map((title) => ({ title, text: (ratio: number) => ratio.toFixed(2) })),
  ],
  rows: comparisons().map(({ op, rows, median, low, high }) => [NAMES[op], rows, median, low, high]),
});
