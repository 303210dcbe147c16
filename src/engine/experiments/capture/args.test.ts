// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { endOfArgs, firstWord, splitArgs, structFields } from "./args.ts";

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

const PATH = "8</memfd:a, b) = 3 {\\74 (deleted)>";

it("splitArgs() leaves alone whatever stands in a path that -y prints, also between two pairs of brackets", () => {
  expect(splitArgs(`${PATH}(deleted), 4096`)).toEqual([`${PATH}(deleted)`, "4096"]);
  expect(splitArgs("9</dev/kvm<char 10:232>>, 1")).toEqual(["9</dev/kvm<char 10:232>>", "1"]);
  expect(splitArgs("5<TCP:[127.0.0.1:1->127.0.0.1:2]>, 1")).toEqual([
    "5<TCP:[127.0.0.1:1->127.0.0.1:2]>",
    "1",
  ]);
  expect(splitArgs("-100 /* AT_FDCWD */</a,b>, 1")).toEqual(["-100 /* AT_FDCWD */</a,b>", "1"]);
});

it("splitArgs() does not take a shift for a path", () => {
  expect(splitArgs("1<<CAP_SYS_ADMIN, 21<<MFD_HUGE_SHIFT, 3 < 4, 5")).toEqual([
    "1<<CAP_SYS_ADMIN",
    "21<<MFD_HUGE_SHIFT",
    "3 < 4",
    "5",
  ]);
});

it("endOfArgs() finds the parenthesis that closes the call, past those in strings, paths and structs", () => {
  for (const args of [`${PATH}, 1`, '"a) = 3", 0', "{a=makedev(1, 2)}", "5<TCP:[1:1->2:2]>", ""]) {
    expect(endOfArgs(`f(${args}) = 0`, 2)).toBe(2 + args.length);
  }
  for (const text of ["f(1, 2", 'f("a) = 3', "f(8</memfd:a) = 3", "f(1}) = 0"])
    expect(endOfArgs(text, 2)).toBe(-1);
});

it("firstWord() keeps a path with its spaces", () => {
  expect(firstWord(`= ${PATH}(deleted) <0.000012>`, 2)).toBe(`${PATH}(deleted)`);
  expect(firstWord("= -1 EINVAL (Invalid argument)", 2)).toBe("-1");
});
