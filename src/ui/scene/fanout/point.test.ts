// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { pointDocument } from "../../../engine/index.ts";
import { pointName, pointOf } from "./point.ts";
import { caseOf, USUAL } from "./settings.ts";

it("a point's name is a link's, and gives the point back", () => {
  for (const change of [
    {},
    { read: 7, slot: 3, align: "mixed", hole: { share: 0.015625 }, vms: 2 },
  ] as const) {
    const settings = { ...USUAL, ...change };
    const name = pointName(settings);
    expect(name).toMatch(/^[\w.-]{1,64}$/);
    const document = pointOf(name);
    const expected = pointDocument(caseOf(settings), settings.read, document?.title ?? "");
    expect(document).toEqual(expected);
  }
});

it.each([
  "t-a-12",
  "point",
  "point_4096_512_aligned_1",
  "point_4096_512_aligned_1_1_1",
  "point_04_512_aligned_1_1",
  "point_4_512_crooked_1_1",
  "point_4_512_aligned_1_0",
  "point_5000_512_aligned_1_1",
  "point_4096_512_aligned_1x_1",
])("%s names no point that the lab plays", (name) => {
  expect(pointOf(name)).toBeNull();
});
