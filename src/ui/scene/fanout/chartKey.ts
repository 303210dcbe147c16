// SPDX-License-Identifier: GPL-2.0-only
// What the looks of a chart mean: of those that are in it, each with its sign and its words, in lines as they fit.

import { STEPPED_MAX, type VariantId } from "../../../engine/index.ts";
import { KEY_TEXTS } from "../../text/fanout/keyTexts.ts";
import { hatchBox } from "../hatch.ts";
import type { ChartInput } from "./chartPlot.ts";
import { designStyle } from "./designStyle.ts";
import { liveDots, measuredDots } from "./dots.ts";
import { type Mark, shape, signPath, word } from "./marks.ts";

const LINE = 19;
/** Room of a sign, and about a letter of 12 pixels. */
const SIGN = 28;
const LETTER = 6.4;

type KeyId = keyof typeof KEY_TEXTS;

/** The key of the chart from `left` to `right`, its first line's foot at `top`, and how high it is. */
export function chartKey(
  input: ChartInput,
  { left, right, top }: { readonly left: number; readonly right: number; readonly top: number },
): { readonly marks: readonly Mark[]; readonly high: number } {
  const ids = keyIds(input);
  let [x, y] = [left, top];
  const marks = ids.flatMap((id): Mark[] => {
    const text = KEY_TEXTS[id];
    const wide = SIGN + text.length * LETTER;
    if (x > left && x + wide > right) [x, y] = [left, y + LINE];
    const at = x;
    x += wide + 20;
    return [...looks(id, at, y - 4, input), word(`key-${id}`, [at + SIGN, y], text)];
  });
  return { marks, high: ids.length === 0 ? 0 : y - top + LINE };
}

/** The looks that are in the chart. */
function keyIds({ settings, rows, own }: ChartInput): KeyId[] {
  const { walks, upto, y } = settings;
  const isTime = y === "ns";
  const priced = [...rows].flatMap(([, all]) => all);
  const has: readonly (readonly [KeyId, boolean])[] = [
    ["dot", isTime && dotted({ settings, rows }).length > 0],
    ["live", isTime && rows.has("review") && liveDots(settings).length > 0],
    ["own", isTime && own.length > 0],
    [walks === "assumed" ? "hatched" : "band", isTime],
    ["dashed", isTime && priced.some(({ cost }) => !cost.inRange)],
    ["posted", rows.has("review-seed")],
    ["beyond", upto > STEPPED_MAX],
  ];
  return has.flatMap(([id, isThere]) => (isThere ? [id] : []));
}

/** The designs that have measured walks in the chart. */
const dotted = ({ settings, rows }: Pick<ChartInput, "settings" | "rows">): VariantId[] =>
  [...rows].flatMap(([variant, all]) => (measuredDots(variant, all, settings).length > 0 ? [variant] : []));

/** How `id` looks, 22 pixels wide from `x` on, around `y`. */
function looks(id: KeyId, x: number, y: number, input: ChartInput): Mark[] {
  const { rows } = input;
  const [first = "review"] = rows.keys();
  const { ink, width } = designStyle(first);
  const line = `M${x} ${y}h22`;
  const box = `M${x} ${y - 6}h22v12h-22z`;
  const key = `key-${id}-sign`;
  switch (id) {
    case "dot":
      return dotted(input).map((variant, k) =>
        shape(`${key}-${variant}`, signPath(designStyle(variant).sign, x + 6 + 11 * k, y, 3.5), {
          ...{ fill: "bg", stroke: designStyle(variant).ink, width: 1.6 },
        }),
      );
    case "live":
      return [shape(key, signPath("diamond", x + 11, y, 3.5), { fill: "bg", stroke: "ink", width: 1.6 })];
    case "own":
      return [shape(key, crossPath(x + 11, y), { stroke: "ink", width: 2 })];
    case "band":
      return [shape(key, box, { fill: ink, opacity: 0.3 })];
    case "hatched":
      return [
        shape(`${key}-edge`, box, { stroke: ink, width: 0.75 }),
        shape(key, hatchBox(x, y - 6, 22, 12, 6), { stroke: ink, width: 1 }),
      ];
    case "dashed":
      return [shape(key, line, { stroke: ink, width, dash: [6, 5] })];
    case "posted":
      return [
        shape(`${key}-line`, line, { stroke: "xarray", width: designStyle("review-seed").width }),
        shape(key, signPath("triangle", x + 11, y, 3), { fill: "xarray" }),
      ];
    case "beyond":
      return [shape(key, box, { fill: "raised", stroke: "ink-3", dash: [2, 4] })];
  }
}

/** What was timed in this browser. */
export const crossPath = (x: number, y: number): string => `M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`;
