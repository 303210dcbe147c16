// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import {
  breakEven,
  drain,
  flushEven,
  formulaRows,
  SLOTS_MAX,
  STEPPED_MAX,
  TIMED_PUNCHES,
  sweeping,
  sweepSizes,
  treeOf,
  type VariantId,
} from "../../../engine/index.ts";
import { KEY_TEXTS } from "../../text/fanout/keyTexts.ts";
import { chartScene } from "./chartScene.ts";
import { liveDots } from "./dots.ts";
import { evensOf } from "./evens.ts";
import type { Mark } from "./marks.ts";
import { callbacksOf, type PricedRow, pricedRows } from "./measures.ts";
import { caseOf, type FanoutSettings, pricingOf, USUAL } from "./settings.ts";

const ALL: readonly VariantId[] = ["v10", "review", "review-seed"];

function rowsOf(settings: FanoutSettings, sizes: readonly number[]) {
  const wanted = caseOf(settings);
  const rows = (variant: VariantId) => sizes.flatMap((size) => formulaRows(variant, wanted, size));
  return new Map(ALL.map((variant) => [variant, pricedRows(rows(variant), wanted, pricingOf(settings))]));
}

function sceneOf(change: Partial<FanoutSettings>, width = 1000, upto = 4096) {
  const settings = { ...USUAL, ...change };
  const rows = rowsOf(settings, sweepSizes(1, upto));
  const evens = evensOf(settings, rows.get("v10") ?? [], rows.get("review") ?? []);
  return {
    ...chartScene({ settings, rows, evens, read: settings.read, own: [], width }),
    rows,
    evens,
    settings,
  };
}

const starting = (marks: readonly Mark[], key: string) => marks.filter((mark) => mark.key.startsWith(key));
const wordsOf = (marks: readonly Mark[]) =>
  marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));

describe("the chart", () => {
  it("places a line's points by the logarithm of the rows, and the sign of what is read on its line", () => {
    const { picture, x, rows } = sceneOf({ read: 512 });
    const line = starting(picture.marks, "y-v10-line-0")[0];
    const points = line?.kind === "shape" ? line.d.slice(1).split("L") : [];
    const own = rows.get("v10") as PricedRow[];
    expect(points).toHaveLength(own.length);
    const pixel = (k: number) => (points[k] ?? "").split(" ").map(Number) as [number, number];
    const at = (slots: number) => own.findIndex((row) => row.slots === slots);
    // Eight times as many slots are as far to the right, wherever they begin.
    expect(pixel(at(512))[0] - pixel(at(64))[0]).toBeCloseTo(pixel(at(64))[0] - pixel(at(8))[0], 0);
    expect(pixel(at(512))[0]).toBeCloseTo(x.at(512), 0);
    const sign = starting(picture.marks, "y-read-v10")[0];
    expect(sign?.kind === "shape" && sign.d).toContain(
      `M${Math.round(x.at(512) * 10) / 10 - 5} ${pixel(at(512))[1]}`,
    );
  });

  it("draws what nobody has measured dashed, and hatches what is priced by assumptions", () => {
    const measured = sceneOf({}).picture.marks;
    const dashed = (marks: readonly Mark[]) =>
      starting(marks, "y-v10-line").some((mark) => mark.kind === "shape" && mark.dash.length > 0);
    expect(dashed(measured)).toBe(false);
    expect(starting(measured, "y-v10-band")).toHaveLength(1);
    expect(starting(measured, "y-dot-v10").length).toBeGreaterThan(10);
    const beyond = sceneOf({ upto: SLOTS_MAX }, 1000, 131_072).picture.marks;
    expect(dashed(beyond)).toBe(true);
    expect(wordsOf(beyond)).toContain("beyond KVM's limit: computed");
    const assumed = sceneOf({ walks: "assumed" }).picture.marks;
    expect(starting(assumed, "y-v10-hatch")).toHaveLength(1);
    expect(starting(assumed, "y-v10-band")).toHaveLength(0);
    expect(starting(assumed, "y-dot")).toHaveLength(0);
  });

  it("marks the numbers at which the engine says that the list falls behind", () => {
    const { evens, settings, picture } = sceneOf({ walks: "cold", read: 32_764 });
    expect(evens.walks).toBe(breakEven("cold", treeOf(caseOf(settings))));
    expect(evens.flush.cold).toBe(flushEven("cold", {}));
    expect(wordsOf(picture.marks)).toEqual(
      expect.arrayContaining([
        // Its longer words would run into the other line.
        "list ahead below 4",
        "from 50 on the list's walks outweigh a flush of 64 vCPUs",
      ]),
    );
    // A hole of several memslots has walks that nobody compared.
    expect(sceneOf({ hole: { share: 1 } }).evens.walks).toBeNull();
    expect(sceneOf({ hole: { share: 1 } }).evens.isListAlwaysCheaper).toBe(true);
  });

  it("has a live kernel's own punches as diamonds, whole and as they were timed, where it punched the same", () => {
    const cases = [
      [{}, "punch_page", 512, 0],
      [{ align: "shifted", hole: { pages: 512 } }, "punch_slot", 512, 1],
      [{ slot: 1, hole: { share: 1 } }, "punch_file", 1, 0],
    ] as const;
    for (const [change, op, pages, skew] of cases) {
      const timed = TIMED_PUNCHES.filter(
        (punch) => punch.op === op && punch.slotPages === pages && punch.skew === skew && punch.pages > 0,
      );
      expect(timed.length).toBeGreaterThan(9);
      expect(liveDots({ ...USUAL, ...change })).toEqual(
        timed.map(({ slots, medianNs }) => ({ slots, ns: medianNs })),
      );
      const { picture } = sceneOf(change);
      expect(starting(picture.marks, "live-")).toHaveLength(timed.length);
      expect(wordsOf(starting(picture.marks, "key-live"))).toEqual([KEY_TEXTS.live]);
    }
    for (const change of [{ hole: { pages: 2 } }, { vms: 2 }, { slot: 64 }, { align: "mixed" }] as const) {
      expect(liveDots({ ...USUAL, ...change })).toEqual([]);
      expect(wordsOf(sceneOf(change).picture.marks)).not.toContain(KEY_TEXTS.live);
    }
  });

  it("has a key of the looks that are there, and of no others", () => {
    const keyOf = (change: Partial<FanoutSettings>, width?: number, upto?: number) =>
      wordsOf(starting(sceneOf(change, width, upto).picture.marks, "key-"));
    expect(keyOf({ lines: ["v10"] })).toContain(KEY_TEXTS.dot);
    expect(keyOf({ walks: "assumed" })).toContain(KEY_TEXTS.hatched);
    expect(keyOf({ walks: "assumed" })).not.toContain(KEY_TEXTS.dot);
    expect(keyOf({ upto: SLOTS_MAX }, 1000, 131_072)).toEqual(
      expect.arrayContaining([KEY_TEXTS.dashed, KEY_TEXTS.beyond]),
    );
    expect(keyOf({ y: "bytes" })).toEqual([KEY_TEXTS.posted]);
    // Over several memslots the list's walks alone were measured.
    const signs = (change: Partial<FanoutSettings>) =>
      starting(sceneOf(change).picture.marks, "key-dot-sign").map(({ key }) => key);
    expect(signs({})).toEqual(["key-dot-sign-v10", "key-dot-sign-review"]);
    expect(signs({ hole: { share: 1 } })).toEqual(["key-dot-sign-v10"]);
  });

  it("keeps the words of its marks clear of the line of what is read and of one another's", () => {
    for (const [width, upto] of [
      [1000, STEPPED_MAX],
      [780, STEPPED_MAX],
      [1000, SLOTS_MAX],
    ] as const)
      for (const read of [6, 48, 1000, 2048])
        for (const walks of ["warm", "cold"] as const) {
          const { picture, x, evens } = sceneOf({ read, walks, upto }, width);
          for (const key of ["even-word", "flush-word"]) {
            const mark = picture.marks.find((one) => one.key === key);
            if (mark?.kind !== "text") continue;
            const wide = mark.text.length * 5.9;
            const from = mark.anchor === "end" ? mark.x - wide : mark.x;
            const crossed = [
              x.at(read),
              ...(key === "even-word" ? [x.at(evens.flush[walks])] : []),
              ...(upto > STEPPED_MAX ? [x.at(STEPPED_MAX)] : []),
            ];
            for (const line of crossed)
              expect(line > from && line < from + wide, `${width} ${read} ${walks} ${key}`).toBe(false);
          }
        }
  });

  it("has a place for 0 on a logarithmic axis, and words of no less than 12 pixels at any width", () => {
    for (const [change, width] of [
      [{ y: "wasted" }, 1000],
      [{ y: "bytes", upto: SLOTS_MAX, read: SLOTS_MAX }, 280],
      [{ y: "callbacks", read: 1 }, 420],
    ] as const) {
      const { picture } = sceneOf(change, width);
      for (const mark of picture.marks)
        if (mark.kind === "text") {
          expect(mark.size).toBeGreaterThanOrEqual(12);
          expect([mark.x, mark.y].every(Number.isFinite)).toBe(true);
        } else expect(mark.d).not.toMatch(/NaN|Infinity/);
    }
    expect(wordsOf(starting(sceneOf({ y: "wasted" }).picture.marks, "y-tick-0"))).toEqual(["0"]);
  });
});

it("a row of the page is what the engine counted and priced: at 4,096 memslots 41 µs and 3.9 µs", () => {
  const wanted = caseOf(USUAL);
  const [stepped] = pricedRows(drain(sweeping("v10", wanted, [4096])), wanted, pricingOf(USUAL));
  const computed = rowsOf(USUAL, [4096]);
  expect(stepped?.cost.ns).toBe(computed.get("v10")?.[0]?.cost.ns);
  expect(Math.round((stepped?.cost.ns ?? 0) / 1000)).toBe(41);
  expect(Math.round((computed.get("review")?.[0]?.cost.ns ?? 0) / 100)).toBe(39);
  expect(callbacksOf(computed.get("v10")?.[0] as PricedRow)).toBe(8192);
  expect(computed.get("review-seed")?.[0]?.bound).toBe(2048);
});
