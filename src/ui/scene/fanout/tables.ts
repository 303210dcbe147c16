// SPDX-License-Identifier: GPL-2.0-only
// The tables behind the charts, and the same as CSV.

import { type CostPart, csvText, type VariantId } from "../../../engine/index.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { PART_TEXTS, TAG_TEXTS } from "../../text/fanout/names.ts";
import { numberText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { callbacksOf, type PricedRow, readsOf } from "./measures.ts";

export type Cell = string | number;

export interface Column {
  readonly title: string;
  /** A number as the page writes it; as usual in digits with separators. */
  readonly text?: (value: number) => string;
  /** What its numbers count, where a file has to say it: `text` does on the page. */
  readonly unit?: string;
}

/** A column of times. */
export const NS: Pick<Column, "text" | "unit"> = { text: nsText, unit: "ns" };

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export const cellText = ({ text = numberText }: Column, cell: Cell): string =>
  typeof cell === "number" ? text(cell) : cell;

/** Rows by the cells of one column, numbers by size; rows that are equal there keep their order. */
export function sortedRows(
  { rows }: Table,
  column: number,
  isFalling: boolean,
): readonly (readonly Cell[])[] {
  const sign = isFalling ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column] ?? "", other[column] ?? ""];
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
  });
}

const tenths = (value: number): string => {
  const [whole = "0", tenth = "0"] = value.toFixed(1).split(".");
  return `${numberText(Number(whole))}.${tenth}`;
};

/** Every row of the chart. */
export const chartTable = (rows: ReadonlyMap<VariantId, readonly PricedRow[]>): Table => ({
  caption: "All points of the chart",
  columns: [
    ...[
      "design",
      "memslots",
      "bound",
      "refused",
      "counted",
      "callbacks",
      "for nothing",
      "memory reads",
      "bytes",
    ].map((title) => ({ title })),
    ...["ns", "ns, low", "ns, high"].map((title) => ({ title, text: tenths })),
    { title: "walks" },
  ],
  rows: [...rows].flatMap(([variant, own]) =>
    own.map((row): Cell[] => [
      ...[variantName(variant), row.slots, row.bound, row.slots - row.bound, countedAs(row)],
      ...[callbacksOf(row), row.counts.wasted, readsOf(row), row.bytes],
      ...[row.cost.ns, row.cost.low, row.cost.high, walkedAs(row)],
    ]),
  ),
});

const countedAs = ({ source }: PricedRow) => (source === "stepped" ? "stepped" : "closed form");

function walkedAs({ cost }: PricedRow): string {
  const walk = cost.parts.find(({ part }) => part === "walk");
  return walk?.tag === "measured" && !walk.inRange ? "beyond measurements" : (walk?.tag ?? "");
}

/** The text of its file: every line says by `about` what it is of. */
export const tableCsv = ({ columns, rows }: Table, about: Readonly<Record<string, Cell>>): string =>
  csvText([
    [
      ...columns.map(({ title, unit }) => (unit === undefined ? title : `${title}, ${unit}`)),
      ...Object.keys(about),
    ],
    ...rows.map((row) => [...row, ...Object.values(about)]),
  ]);

/** One punch by its parts, a column a design. */
export function partsTable(designs: readonly (readonly [VariantId, PricedRow])[]): Table {
  const [first] = designs;
  const parts = first?.[1].cost.parts ?? [];
  const named = (id: CostPart["part"]) => (row: PricedRow) =>
    row.cost.parts.find(({ part }) => part === id)?.ns ?? 0;
  return {
    caption: "One punch, part by part",
    columns: [
      { title: "part" },
      ...designs.map(([variant]) => ({ title: variantName(variant), ...NS })),
      { title: "price" },
      { title: "source" },
    ],
    rows: parts.map(({ part, tag, source }) => [
      PART_TEXTS[part],
      ...designs.map(([, row]) => named(part)(row)),
      ...[TAG_TEXTS[tag], source],
    ]),
  };
}
