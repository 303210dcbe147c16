// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { expect, it } from "vitest";
import { CELL_STATES, type RasterCells } from "../../scene/rasterCells.ts";
import { gridOf } from "../../scene/rasterScene.ts";
import { type Painted, paintCells, type Pen } from "./paintCells.ts";

const COLOURS = { ahead: "a", earlier: "e", wasted: "w", needed: "n" };

/** A canvas that remembers each pixel's colour. */
function paper(): Pen & { pixels: Map<string, string>; fills: number } {
  const pixels = new Map<string, string>();
  return {
    pixels,
    fills: 0,
    fillStyle: "",
    clearRect(x, y, width, height) {
      for (let i = Math.floor(x); i < x + width; i++)
        for (let j = Math.floor(y); j < y + height; j++) pixels.delete(`${i} ${j}`);
    },
    fillRect(x, y, width, height) {
      this.fills++;
      for (let i = x; i < x + width; i++)
        for (let j = y; j < y + height; j++) pixels.set(`${i} ${j}`, String(this.fillStyle));
    },
  };
}

const cellsOf = (states: number[], changed: number[] = []): RasterCells => ({
  ...{ notifiers: states.map((_, k) => k), placeOf: new Map(), needed: [] },
  ...{ states: Uint8Array.from(states), changed },
});

it("what is painted bit by bit is what is painted at once, at every size and on every screen", () => {
  const states = fc.array(fc.nat(CELL_STATES.length - 1), { minLength: 1, maxLength: 300 });
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(CELL_STATES.length - 1)), { maxLength: 20 });
  fc.assert(
    fc.property(
      states,
      changes,
      fc.integer({ min: 20, max: 300 }),
      fc.constantFrom(1, 1.25, 1.5, 2, 3),
      (first, later, width, ratio) => {
        const changed: number[] = [];
        const cells = cellsOf(first, changed);
        const grid = gridOf(first.length, width);
        const bits = paper();
        let painted: Painted = paintCells(bits, cells, grid, ratio, COLOURS, null);
        for (const [at, state] of later) {
          const place = at % first.length;
          cells.states[place] = state;
          changed.push(place);
          if (at % 2 === 0) painted = paintCells(bits, cells, grid, ratio, COLOURS, painted);
        }
        paintCells(bits, cells, grid, ratio, COLOURS, painted);
        const whole = paper();
        paintCells(whole, cells, grid, ratio, COLOURS, null);
        expect(bits.pixels).toEqual(whole.pixels);
        expect(new Set(whole.pixels.values())).toEqual(
          new Set([...cells.states].map((state) => COLOURS[CELL_STATES[state]!])),
        );
      },
    ),
  );
});

it("a step paints the cells that changed and no others; other colours or another list paint all", () => {
  const changed: number[] = [];
  const cells = cellsOf(
    Array.from({ length: 4_096 }, () => 0),
    changed,
  );
  const grid = gridOf(4_096, 896);
  const pen = paper();
  const before = paintCells(pen, cells, grid, 1, COLOURS, null);
  expect(pen.fills).toBe(4_096);
  pen.fills = 0;
  cells.states[70] = 2;
  changed.push(70);
  const after = paintCells(pen, cells, grid, 1, COLOURS, before);
  expect(pen.fills).toBe(1);
  for (const [other, colours] of [
    [cells, { ...COLOURS, ahead: "b" }],
    [cellsOf([0, 1, 2]), COLOURS],
  ] as const) {
    pen.fills = 0;
    paintCells(pen, other, grid, 1, colours, after);
    expect(pen.fills).toBe(other.states.length);
  }
});

it("what a walk has come to fills its cell, what it has not comes half as high: they differ in shape", () => {
  const grid = { ...gridOf(2, 300), cell: 10 };
  const heightOf = (state: number): number => {
    const pen = paper();
    paintCells(pen, cellsOf([state]), grid, 1, COLOURS, null);
    return new Set([...pen.pixels.keys()].map((key) => key.split(" ")[1])).size;
  };
  const heights = CELL_STATES.map((name, state) => [name, heightOf(state)]);
  expect(Object.fromEntries(heights)).toEqual({ ahead: 5, earlier: 5, wasted: 9, needed: 9 });
});
