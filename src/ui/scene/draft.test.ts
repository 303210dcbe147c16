// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import type { Axis } from "./axis.ts";
import { draggedTo, gripAt, movedBy, stretched } from "./draft.ts";

const PAGES: Axis = {
  ...{ file: "f0", start: 0, end: 64, perCell: 1, cell: 14, filePages: 60, focus: 0, memslots: "shared" },
};
const COLUMNS: Axis = { ...PAGES, start: 4096, end: 8192, perCell: 64, filePages: 1 << 20 };
const drag = (axis: Axis, from: number, to: number) => draggedTo(axis, gripAt(axis, from, null, false), to);

describe("a drag over pages", () => {
  it("chooses every page that it touches, in either direction", () => {
    expect(drag(PAGES, 18 * 14 + 1, 21 * 14 + 13)).toEqual({ start: 18, end: 22 });
    expect(drag(PAGES, 21 * 14 + 13, 18 * 14 + 1)).toEqual({ start: 18, end: 22 });
    expect(drag(PAGES, 18 * 14 + 2, 18 * 14 + 9)).toEqual({ start: 18, end: 19 });
  });

  it("ends with the strip and with the file", () => {
    expect(drag(PAGES, 30, -500)).toEqual({ start: 0, end: 3 });
    expect(drag(PAGES, 58 * 14, 5000)).toEqual({ start: 58, end: 60 });
    expect(drag(PAGES, 62 * 14, 63 * 14)).toEqual({ start: 59, end: 60 });
  });
});

it("where a column is many pages a drag over several takes them whole, and within one its pages", () => {
  expect(drag(COLUMNS, 14, 3 * 14 + 1)).toEqual({ start: 4160, end: 4352 });
  expect(drag(COLUMNS, 14, 14 + 7)).toEqual({ start: 4160, end: 4193 });
});

describe("a known range", () => {
  const span = { start: 18, end: 22 };
  const at = (x: number, alt = false) => gripAt(PAGES, x, span, alt);

  it("is gripped at its edges, or with Alt all over; elsewhere a new one begins", () => {
    expect(at(18 * 14 - 4).grip).toBe("start");
    expect(at(22 * 14 + 5).grip).toBe("end");
    expect(at(20 * 14).grip).toBe("new");
    expect(at(20 * 14, true).grip).toBe("move");
    expect(at(30 * 14, true).grip).toBe("new");
  });

  it("follows the gripped edge to whole pages and keeps one page at least", () => {
    expect(draggedTo(PAGES, at(18 * 14), 15 * 14 + 6)).toEqual({ start: 15, end: 22 });
    expect(draggedTo(PAGES, at(18 * 14), 40 * 14)).toEqual({ start: 21, end: 22 });
    expect(draggedTo(PAGES, at(22 * 14), 4)).toEqual({ start: 18, end: 19 });
    expect(draggedTo(PAGES, at(22 * 14), 9000)).toEqual({ start: 18, end: 60 });
    expect(stretched(PAGES, span, "start", -3)).toEqual({ start: 0, end: 22 });
  });

  it("keeps its length when it is moved, also where the file ends", () => {
    expect(draggedTo(PAGES, at(20 * 14, true), 25 * 14)).toEqual({ start: 23, end: 27 });
    expect(movedBy(PAGES, span, 500)).toEqual({ start: 56, end: 60 });
    expect(movedBy(PAGES, span, -500)).toEqual({ start: 0, end: 4 });
  });
});
