// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { addressOf, fdOf, integerOf, splitArgs, structFields } from "./args.ts";

it("splitArgs() leaves commas in strings, structs, lists and calls alone", () => {
  expect(splitArgs('9, {a=1, b={c=2, d=3}}, "x, \\", y", [1, 2], makedev(1, 2)')).toEqual([
    "9",
    "{a=1, b={c=2, d=3}}",
    '"x, \\", y"',
    "[1, 2]",
    "makedev(1, 2)",
  ]);
});

it("structFields() gives the fields by name, and null for a pointer or half a struct", () => {
  expect(structFields("{slot=0, flags=A|B}")).toEqual(
    new Map([
      ["slot", "0"],
      ["flags", "A|B"],
    ]),
  );
  expect(structFields("0x7ffc0")).toBeNull();
  expect(structFields("{slot=0, fla")).toBeNull();
  expect(structFields(undefined)).toBeNull();
});

it("integerOf() keeps all 64 bits and refuses what is not wholly a number", () => {
  expect(integerOf("18446744073709551615")).toBe(2n ** 64n - 1n);
  expect(integerOf("0x7f3d63fff000")).toBe(0x7f3d63fff000n);
  expect(integerOf("-5")).toBe(-5n);
  for (const text of ["", "12a", "0x", "-0x1", "1 2", "1".repeat(21), undefined])
    expect(integerOf(text)).toBeNull();
});

it("addressOf() knows the address that strace prints as NULL", () => {
  expect(addressOf("NULL")).toBe(0n);
  expect(addressOf("0x1000")).toBe(4096n);
});

it("fdOf() refuses numbers that no descriptor has", () => {
  expect(fdOf("2147483647")).toBe(2_147_483_647);
  for (const text of ["-1", "2147483648", "AT_FDCWD"]) expect(fdOf(text)).toBeNull();
});
