// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { formulaRows, sweepCsv, type VariantId } from "../../../engine/index.ts";
import { bindTable } from "./bindTable.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { caseTexts } from "../../text/fanout/caseTexts.ts";
import { PART_TEXTS } from "../../text/fanout/names.ts";
import { aboutCells } from "./aboutCells.ts";
import { headed } from "./headed.ts";
import type { Ink } from "./marks.ts";
import { type PricedRow, pricedRows } from "./measures.ts";
import { partsScene } from "./partsScene.ts";
import { caseOf, pricingOf, USUAL } from "./settings.ts";
import { svgText } from "./svgText.ts";
import { cellText, chartTable, partsTable, sortedRows, tableCsv } from "./tables.ts";

const wanted = caseOf(USUAL);
const rowsOf = (variant: VariantId) =>
  pricedRows(
    [1, 4096].flatMap((size) => formulaRows(variant, wanted, size)),
    wanted,
    pricingOf(USUAL),
  );
const ROWS = new Map(
  (["v10", "review", "review-seed"] as const).map((variant) => [variant, rowsOf(variant)]),
);
const AT = [...ROWS].map(([variant, own]): [VariantId, PricedRow] => [variant, own[1] as PricedRow]);

it("the chart's table and its file hold the same numbers, refused memslots too", () => {
  const table = chartTable(ROWS);
  const lines = sweepCsv([...ROWS.values()].flat(), wanted, pricingOf(USUAL))
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const [heading = [], ...cells] = lines;
  expect(cells).toHaveLength(table.rows.length);
  for (const [k, [, slots, bound, refused, , callbacks, wasted, , bytes, ns]] of table.rows.entries()) {
    const at = (name: string) => Number(cells[k]?.[heading.indexOf(name)]);
    expect([at("slots"), at("bound"), at("refused"), at("bytes")]).toEqual([slots, bound, refused, bytes]);
    expect(at("startCallbacks") + at("endCallbacks")).toBe(callbacks);
    expect(at("wasted")).toBe(wasted);
    expect(at("ns")).toBeCloseTo(ns as number, 1);
  }
  expect(table.rows.at(-1)?.slice(0, 4)).toEqual(["XARRAY as posted", 4096, 2048, 2048]);
});

it("a table sorts by a column, numbers as numbers, and leaves what is equal in its order", () => {
  const table = {
    caption: "",
    columns: [{ title: "a" }, { title: "b", unit: "ns" }],
    rows: [
      ["x", 10],
      ["y", 9],
      ["z", 10],
    ],
  };
  expect(sortedRows(table, 1, false).map(([a]) => a)).toEqual(["y", "x", "z"]);
  expect(sortedRows(table, 1, true).map(([a]) => a)).toEqual(["x", "z", "y"]);
  expect(sortedRows(table, 0, true).map(([a]) => a)).toEqual(["z", "y", "x"]);
  expect(tableCsv({ ...table, rows: [['say "a, b"', 1]] }, { hole: 7 })).toBe(
    'a,"b, ns",hole\n"say ""a, b""",1,7\n',
  );
  expect(cellText({ title: "" }, 65536)).toBe("65,536");
});

it("a punch's parts add up to it, in the table and in the bars, and say how they are known", () => {
  const table = partsTable(AT);
  const sum = (column: number) => table.rows.reduce((all, row) => all + (row[column] as number), 0);
  expect(sum(1)).toBeCloseTo(AT[0]?.[1].cost.ns ?? 0, 6);
  expect(sum(2)).toBeCloseTo(AT[1]?.[1].cost.ns ?? 0, 6);
  expect(table.rows.map((row) => row[4])).toEqual([
    ...["fitted on a live kernel", "measured", "fitted on a live kernel", "assumed"],
    ...["assumed", "assumed", "fitted on a live kernel"],
  ]);
  const { marks } = partsScene(AT, 900, false);
  // What is assumed is hatched, and nothing else is.
  const hatched = marks.flatMap(({ key }) => (/^v10-.*-hatch$/.test(key) ? [key] : []));
  expect(hatched).toEqual(["v10-locks-hatch", "v10-zap-hatch", "v10-flush-hatch"]);
  // Every part is named with its time, whatever room its segment has.
  for (const [variant, { cost }] of AT) {
    const said = marks.flatMap((mark) =>
      mark.kind === "text" && mark.key.startsWith(`${variant}-`) ? [mark.text] : [],
    );
    for (const { part, ns } of cost.parts)
      if (ns > 0) expect(said.join(", "), variant).toContain(`${PART_TEXTS[part]} ${nsText(ns)}`);
  }
  // What is too short for its parts is there all the same.
  const [list, xarray] = AT as [(typeof AT)[0], (typeof AT)[0]];
  const slow = { ...list[1], cost: { ...list[1].cost, ns: 1e12 } };
  const apart = partsScene([[list[0], slow], xarray], 900, false).marks.map(({ key }) => key);
  expect(apart).toContain("review-least");
  const end = (key: string) => {
    const mark = marks.find((one) => one.key === key);
    const [, x = 0, wide = 0] =
      /^M([\d.]+) \d+h([\d.]+)/.exec(mark?.kind === "shape" ? mark.d : "")?.map(Number) ?? [];
    return x + wide;
  };
  expect(end("v10-free")).toBeCloseTo(898, -0.5);
  expect(end("review-free") / end("v10-free")).toBeCloseTo(
    (AT[1]?.[1].cost.ns ?? 0) / (AT[0]?.[1].cost.ns ?? 1),
    2,
  );
});

it("4,096 unbinds from the xarray hold its lock for about a minute, the list's for the 40 ns of each", () => {
  const [list, xarray] = bindTable(USUAL).rows;
  expect(list?.slice(1, 4)).toEqual([40, 40, 40]);
  expect(bindTable({ ...USUAL, read: 1 }).columns.at(-1)?.title).toBe("1 unbind");
  expect((xarray?.[4] as number) / 1e9).toBeGreaterThan(60);
  expect((xarray?.[4] as number) / 1e9).toBeLessThan(70);
  const set = bindTable({ ...USUAL, prices: { gracePeriod: 1e6 } }).rows[1];
  expect((set?.[4] as number) / 1e9).toBeLessThan(5);
});

it("a picture's file is whole by itself: colours written out, words escaped", () => {
  const colours = new Proxy({}, { get: (_, ink) => `#${String(ink).length}` }) as Record<Ink, string>;
  const lines = caseTexts({
    ...USUAL,
    hole: { pages: 16 },
    align: "shifted",
    vcpus: 8,
    prices: { lock: 20 },
  });
  const text = svgText(headed(partsScene(AT, 600, true), 'a "title" <of> & more', lines), colours);
  expect(text).toContain("<title>a &quot;title&quot; &lt;of&gt; &amp; more</title>");
  expect(text).not.toMatch(/var\(|style=|class=|href/);
  expect(text).toContain("XARRAY as posted: 3.9 µs");
  // Whoever gets it sees no page: what it is of, what is refused and where prices come from stand in it.
  const said = [...text.matchAll(/<text[^>]*>([^<]*)/g)].map(([, own]) => own).join(" ");
  for (const part of [
    "Hole: 16 pages (64 KiB)",
    "512 pages (2 MiB) each, shifted by a page",
    "1 VM, 8 vCPUs each",
    "warm caches",
    "lock 20",
    "refuses every second",
    "C walks measured",
    "fitted on punches of",
  ])
    expect(said).toContain(part);
  const heights = [...(/height="(\d+)"/.exec(text) ?? [])].map(Number);
  expect(heights[1]).toBeGreaterThan(partsScene(AT, 600, true).height + 60);
});

it("every line of a figure's file says what it is of", () => {
  const cells = aboutCells("parts", { ...USUAL, prices: { lock: 20 } });
  expect(cells).toMatchObject({ memslots: 4096, "slot pages": 512, alignment: "aligned", VMs: 1, vCPUs: 1 });
  expect(cells).toMatchObject({
    "hole set": "1 page (4 KiB)",
    "walks priced for": "warm",
    "prices set": "lock 20",
  });
  expect(cells.sources).toContain("C walks measured");
});
