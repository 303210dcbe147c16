// SPDX-License-Identifier: GPL-2.0-only
// What the model predicts, held against punches that were timed on a live kernel and that no price was fitted on.

import { comparisons, FITTED_ON, predictedNs, ratioOf, TIMED_PUNCHES } from "../../../engine/index.ts";
import { PUNCH_TEXTS } from "../../text/fanout/predictedText.ts";
import { logScale } from "./logScale.ts";
import { type Mark, type Picture, polyline, round, shape, signPath, word } from "./marks.ts";
import { NS, type Table } from "./tables.ts";

const ROW = 54;
const LEFT = 112;
const RATIOS = [0.125, 0.25, 0.5, 1, 2, 4, 8];

/** A row a kind of punch, a sign each timed punch; the middle half is what lies within twice of what was measured. */
export function predictedPicture(width: number): Picture {
  const right = width - 150;
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
  const kinds = rows.flatMap(({ op, rows: all, median, missed }, k): Mark[] => {
    const y = 8 + k * ROW + ROW / 2;
    const punches = TIMED_PUNCHES.filter((punch) => punch.op === op && !FITTED_ON.includes(punch.slots));
    return [
      word(`name-${op}`, [LEFT - 14, y + 4], PUNCH_TEXTS[op], { anchor: "end", weight: 600, fill: "ink" }),
      ...punches.map((punch, n) =>
        // Side by side in three lanes: many are alike.
        shape(`${op}-${n}`, signPath("circle", x.at(ratioOf(punch)), y + ((n % 3) - 1) * 9, 3), {
          ...{ stroke: "xarray", width: 1.25 },
        }),
      ),
      shape(`median-${op}`, `M${round(x.at(median))} ${y - 19}V${y + 19}`, { stroke: "ink", width: 3 }),
      word(`median-${op}-word`, [right + 12, y - 2], `median ${median.toFixed(2)}`, {
        weight: 650,
        fill: "ink",
      }),
      word(`missed-${op}`, [right + 12, y + 14], `${missed.length} of ${all} beyond twice`),
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

/** Every timed punch, as it was measured and as it is predicted. */
export const predictedTable = (): Table => ({
  caption: "Every timed punch, predicted and measured",
  columns: [
    ...["punch of", "memslots", "pages of each", "first page", "pages freed"].map((title) => ({ title })),
    ...["measured", "predicted"].map((title) => ({ title, ...NS })),
    { title: "predicted / measured", text: (ratio: number) => ratio.toFixed(2) },
    { title: "how" },
  ],
  rows: TIMED_PUNCHES.map((punch) => [
    ...[PUNCH_TEXTS[punch.op], punch.slots, punch.slotPages, punch.skew, punch.pages],
    ...[punch.medianNs, Math.round(predictedNs(punch)), Number(ratioOf(punch).toFixed(3))],
    FITTED_ON.includes(punch.slots) ? "fitted on" : "predicted",
  ]),
});
