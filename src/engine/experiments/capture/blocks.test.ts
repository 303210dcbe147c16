// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { matchBlocks } from "./blocks.ts";
import { addByPath, addMemfd, fileName, holdsGuestMemory, sizeOf } from "./file.ts";
import { newVmm } from "./vmm.ts";

/** A size in bytes, or how far a file of unknown size was reached. */
type Size = number | { reached: number };

function filesOf(sizes: readonly Size[]) {
  const vmm = newVmm();
  for (const size of sizes) {
    const file = addMemfd(vmm, null, false);
    if (typeof size === "number") file.truncated = BigInt(size);
    else file.reach = BigInt(size.reached);
  }
  return vmm.files;
}

/** Blocks named by letters, of these sizes: which file each of them is. */
function matched(blocks: readonly number[], sizes: readonly Size[]) {
  const named = blocks.map((bytes, i) => ({ name: "abcdefgh".charAt(i), bytes: BigInt(bytes) }));
  const result = matchBlocks(named, filesOf(sizes));
  if (!result.ok) return result.problem;
  return named.map((block) => {
    const file = result.fileOf.get(block);
    return file === undefined ? null : fileName(file.index!);
  });
}

describe("matchBlocks()", () => {
  it("gives a block the file of its size", () => {
    expect(matched([20, 10, 30], [10, 20, 30])).toEqual(["f1", "f0", "f2"]);
  });

  it("gives blocks of one size their files in the order in which both were made", () => {
    expect(matched([10, 20, 10, 10], [20, 10, 10, 10])).toEqual(["f1", "f0", "f2", "f3"]);
  });

  it("gives a block of which the map shows a part the smallest file that holds it, the first made of several", () => {
    expect(matched([15], [40, 30, 20, 20])).toEqual(["f2"]);
  });

  it("matches exact sizes before others, and the larger block before the smaller", () => {
    // Taken in the map's order, 8 would have the file of 10, and 9 that of 20.
    expect(matched([8, 9, 20], [10, 20, 12])).toEqual(["f2", "f0", "f1"]);
    expect(matched([40, 12], [{ reached: 12 }, { reached: 5 }])).toEqual(["f1", "f0"]);
  });

  it("leaves without a file the blocks that come when all that hold them are taken", () => {
    expect(matched([30, 5, 4], [30, 6])).toEqual(["f0", "f1", null]);
    expect(matched([30, 29], [30, 6])).toEqual(["f0", null]);
  });

  it("refuses a block that is larger than every file, and names both with their sizes", () => {
    expect(matched([5, 31], [30, 6])).toMatch(
      /"b" .* has 31 bytes .*larger than every file .*f0: 30, f1: 6.*expected .*take/,
    );
    const many = Array.from({ length: 9 }, (_, i) => i);
    expect(matched([31], many)).toMatch(/\(f8: 8, f7: 7, f6: 6, f5: 5, f4: 4 and 4 smaller ones\)/);
  });

  it("refuses a log without files", () => {
    expect(matched([5], [])).toMatch(/the log has no file in which guest memory could lie; record/);
  });

  it("takes a file of unknown size for a larger block where no other file holds it", () => {
    expect(matched([40, 10], [{ reached: 12 }, 10])).toEqual(["f0", "f1"]);
    expect(matched([40, 10], [{ reached: 12 }, 50])).toEqual(["f1", "f0"]);
    expect(matched([40, 30, 20], [{ reached: 12 }, { reached: 14 }, { reached: 12 }])).toEqual([
      "f1",
      "f0",
      "f2",
    ]);
  });

  it("gives no block to a file of which nothing is known", () => {
    expect(matched([40, 10], [{ reached: 0 }, 40])).toEqual(["f1", null]);
    expect(matched([40], [{ reached: 0 }])).toMatch(/larger than every file of the log \(f0: 0\)/);
  });

  it("lets a file of unknown size grow to its block, and others be", () => {
    const files = filesOf([{ reached: 12 }, 50]);
    matchBlocks(
      [50n, 40n].map((bytes) => ({ name: String(bytes), bytes })),
      files,
    );
    expect(files.map(sizeOf)).toEqual([40n, 50n]);
  });

  it("is quick with a hundred thousand of both", () => {
    const many = Array.from({ length: 100_000 }, (_, i) => 1000 + ((i * 7919) % 100_003));
    const files = many.map((size, i) => (i % 3 === 0 ? { reached: size } : size + 1));
    expect(matched(many, files)).toHaveLength(many.length);
  });
});

it("sizeOf() is what ftruncate gave a memfd, and of a file opened by path also what was mapped", () => {
  const vmm = newVmm();
  const memfd = addMemfd(vmm, null, false);
  const byPath = addByPath(vmm, "/x");
  holdsGuestMemory(vmm, byPath);
  for (const file of [memfd, byPath]) {
    file.truncated = 10n;
    file.reach = 20n;
  }
  expect([memfd, byPath].map(sizeOf)).toEqual([10n, 20n]);
  memfd.truncated = null;
  byPath.truncated = 30n;
  expect([memfd, byPath].map(sizeOf)).toEqual([20n, 30n]);
});
