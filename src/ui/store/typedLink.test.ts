// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { TYPED_NAME_CHARS_MAX, typedName, typedOf } from "../scene/fanout/typedMachine.ts";
import { linkOf } from "./link.ts";
import { placeNamed } from "./place.ts";
import { placeOf } from "./readLink.ts";

it("a typed list is in the name of its scenario, in its order, and a link takes the longest name", () => {
  const sizes = [512, 512, 512, 262_144, 512];
  const name = typedName(sizes) as string;
  expect(name).toBe("memslots_512x3_262144_512");
  expect(typedOf(name)).toEqual(sizes);
  const most = Array.from({ length: 48 }, (_, k) => 1000 + k);
  const longest = typedName(most) as string;
  expect(longest.length).toBeGreaterThan(TYPED_NAME_CHARS_MAX - 6);
  const read = placeOf(linkOf(placeNamed(longest)));
  expect(read.ok && typedOf(read.place.scenario)).toEqual(most);
});

it("a list whose name would be too long has none, and other names are no lists", () => {
  expect(typedName(Array.from({ length: 80 }, (_, k) => 1000 + k))).toBeNull();
  for (const other of [
    "t-a-12",
    "memslots",
    "memslots_",
    "memslots_0",
    "memslots_512x",
    "point_4_512_aligned_1_1",
  ])
    expect(typedOf(other), other).toBeNull();
});
