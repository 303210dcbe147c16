// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { addressOf, fdOf, flagsOf, integerOf, shownPath, UNKNOWN_FLAG } from "./values.ts";

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

it("fdOf() and shownPath() take apart what -y prints, wherever the mark for a deleted file stands", () => {
  for (const text of ["8</memfd:a b (deleted)>", "8</memfd:a b>(deleted)", "8</memfd:a b>"]) {
    expect(fdOf(text)).toBe(8);
    expect(shownPath(text)).toBe("/memfd:a b");
  }
  expect(shownPath("9</dev/kvm<char 10:232>>")).toBe("/dev/kvm<char 10:232>");
  for (const text of ["8", "8>", "8>x<", undefined, null]) expect(shownPath(text)).toBeNull();
});

it("flagsOf() reads names, numbers, and both at once", () => {
  const names = { A: 1, B: 2 };
  for (const text of ["A|B", "0x3", "3", "0x3 /* A|B */", "0x1 /* A */|2 /* B */", "B|A"]) {
    expect(flagsOf(text, names)).toBe(3);
  }
  expect(flagsOf("A|MAP_X|21<<MFD_HUGE_SHIFT", names)).toBe(1 | UNKNOWN_FLAG);
  expect(flagsOf("toString", names)).toBe(UNKNOWN_FLAG);
  for (const text of [undefined, "", "A||B", "{A}", "-1"]) expect(flagsOf(text, names)).toBeNull();
});
