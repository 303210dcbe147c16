// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { FNV_OFFSET_BASIS, fnv1a32, fnvHex, fnvStep } from "./fnv.ts";

it("the hash of nothing, and of `null`, are the published ones", () => {
  expect(fnv1a32("")).toBe("811c9dc5");
  expect(fnv1a32("null")).toBe("77074ba4");
  expect(fnv1a32("foobar")).toBe("bf9cf968");
});

it("hashing piece by piece gives the hash of the whole", () => {
  const whole = "100-127=p3;128-575=p3;576-611=p3;";
  for (let cut = 0; cut <= whole.length; cut++) {
    const head = fnvStep(FNV_OFFSET_BASIS, whole.slice(0, cut));
    expect(fnvHex(fnvStep(head, whole.slice(cut)))).toBe("c1122ad6");
  }
});
