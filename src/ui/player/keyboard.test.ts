// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { commandOf } from "./keyboard.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const nothing = { tag: "body", type: "", role: "" };
const command = (key: string, focused: Partial<typeof nothing> = {}, held: Partial<typeof plain> = {}) =>
  commandOf({ key, ...plain, ...held }, { ...nothing, ...focused });
const shifted = { shiftKey: true };

it.each([
  [" ", "playOrPause"],
  ["ArrowLeft", "back"],
  ["ArrowRight", "forward"],
  ["Home", "first"],
  ["End", "last"],
  ["[", "slower"],
  ["]", "faster"],
  ["n", "nextNeeded"],
  ["h", "nextPunch"],
  ["f", "nextFinding"],
  ["p", "punch"],
  ["+", "nearer"],
  ["-", "wider"],
  ["1", "both"],
  ["2", "upper"],
  ["3", "lower"],
  ["s", "swap"],
  ["c", "code"],
  ["e", "timeline"],
  ["t", "theme"],
  ["?", "help"],
  ["Escape", "letGo"],
  ["x", null],
])("%j is %s", (key, expected) => {
  expect(command(key)).toBe(expected);
});

it("with Shift the arrows skip what is wasted and the jumps go back, whatever Caps Lock does", () => {
  expect(command("ArrowRight", {}, shifted)).toBe("forwardNotWasted");
  expect(command("ArrowLeft", {}, shifted)).toBe("backNotWasted");
  for (const key of ["n", "N"]) {
    expect(command(key)).toBe("nextNeeded");
    expect(command(key, {}, shifted)).toBe("previousNeeded");
  }
  expect(command("H", {}, shifted)).toBe("previousPunch");
  expect(command("F", {}, shifted)).toBe("previousFinding");
  expect(command("T", {}, shifted)).toBeNull();
  expect(command("C")).toBe("code");
});

describe("a key stays with the control that uses it", () => {
  it.each([
    [" ", { tag: "button" }],
    [" ", { tag: "select" }],
    ["t", { tag: "select" }],
    ["[", { tag: "select" }],
    ["Escape", { tag: "select" }],
    ["ArrowLeft", { tag: "select" }],
    ["ArrowLeft", { tag: "input", type: "range" }],
    ["Home", { tag: "input", type: "range" }],
    ["-", { tag: "input", type: "text" }],
    ["n", { tag: "input", type: "text" }],
    ["?", { tag: "textarea" }],
    ["f", { tag: "div", role: "textbox" }],
    [" ", { tag: "input", type: "checkbox" }],
    ["End", { tag: "div", role: "listbox" }],
  ])("%j on %j", (key, focused) => {
    expect(command(key, focused)).toBeNull();
  });

  it.each([
    ["ArrowLeft", { tag: "button" }, "back"],
    ["t", { tag: "button" }, "theme"],
    [" ", { tag: "input", type: "range" }, "playOrPause"],
    ["+", { tag: "input", type: "range" }, "nearer"],
    ["Escape", { tag: "input", type: "range" }, "letGo"],
    ["n", { tag: "input", type: "checkbox" }, "nextNeeded"],
    ["ArrowRight", { tag: "div", role: "listbox" }, "forward"],
  ])("%j on %j is free", (key, focused, expected) => {
    expect(command(key, focused)).toBe(expected);
  });

  it("the scrubber takes one step with an arrow, and with Shift the page skips", () => {
    const range = { tag: "input", type: "range" };
    expect(command("ArrowRight", range)).toBeNull();
    expect(command("ArrowRight", range, shifted)).toBe("forwardNotWasted");
  });
});

it("with Ctrl, Alt or Meta a key belongs to the browser", () => {
  for (const held of ["ctrlKey", "altKey", "metaKey"])
    for (const key of ["t", "1", "-", "ArrowLeft", " "])
      expect(command(key, {}, { [held]: true })).toBeNull();
  for (const key of ["+", "[", "?"]) {
    expect(command(key, {}, { ctrlKey: true })).toBeNull();
    expect(command(key, {}, { metaKey: true })).toBeNull();
  }
});

it("what a keyboard types only with AltGr or Option is no shortcut of the browser", () => {
  const altGr = { ctrlKey: true, altKey: true };
  for (const [key, expected] of [
    ["[", "slower"],
    ["]", "faster"],
    ["?", "help"],
    ["+", "nearer"],
  ] as const) {
    expect(command(key, {}, altGr)).toBe(expected);
    expect(command(key, {}, { altKey: true })).toBe(expected);
    expect(command(key, {}, { ...altGr, shiftKey: true })).toBe(expected);
  }
  expect(command("t", {}, altGr)).toBeNull();
});

it("with character keys off no character does anything, and the keys that type none still do", () => {
  const off = (key: string) => commandOf({ key, ...plain }, nothing, false);
  for (const key of ["n", "N", "h", "f", "p", "[", "]", "?", "+", "-", "=", "1", "s", "t", "c", "e"])
    expect(off(key)).toBeNull();
  expect(["ArrowRight", "Home", " ", "Escape"].map(off)).toEqual([
    "forward",
    "first",
    "playOrPause",
    "letGo",
  ]);
});
