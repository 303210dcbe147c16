// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { withDesign } from "./withDesign.ts";

it("puts a design in its place, and never shows one twice", () => {
  expect(withDesign(["v10", "review"], 0, "review-seed")).toEqual(["review-seed", "review"]);
  expect(withDesign(["v10", "review"], 1, "review-seed")).toEqual(["v10", "review-seed"]);
  expect(withDesign(["v10", "review"], 0, "review")).toEqual(["review", "v10"]);
  expect(withDesign(["v10", "review"], 1, "v10")).toEqual(["review", "v10"]);
  expect(withDesign(["v10", "review"], 1, "review")).toEqual(["v10", "review"]);
});
