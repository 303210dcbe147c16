// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { commandOf } from "./keyboard.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const nothing = { tag: "body", type: "", role: "" };
const command = (key: string, focused: Partial<typeof nothing> = {}, held: Partial<typeof plain> = {}) =>
  commandOf({ key, ...plain, ...held }, { ...nothing, ...focused });

it("each key has its command", () => {
  expect(
    [" ", "ArrowLeft", "ArrowRight", "Home", "End", "+", "-", "c", "t"].map((key) => command(key)),
  ).toEqual([
    ...["playOrPause", "back", "forward", "first", "last"],
    ...["nearer", "wider", "code", "theme"],
  ]);
  expect(command("+", {}, { shiftKey: true })).toBe("nearer");
  expect(command("x")).toBeNull();
});

describe("a key stays with the control that uses it", () => {
  it.each([
    [" ", { tag: "button" }],
    [" ", { tag: "select" }],
    ["t", { tag: "select" }],
    ["ArrowLeft", { tag: "select" }],
    ["ArrowLeft", { tag: "input", type: "range" }],
    ["Home", { tag: "input", type: "range" }],
    ["-", { tag: "input", type: "text" }],
    ["End", { tag: "div", role: "listbox" }],
  ])("%j on %j", (key, focused) => {
    expect(command(key, focused)).toBeNull();
  });

  it.each([
    ["ArrowLeft", { tag: "button" }, "back"],
    ["t", { tag: "button" }, "theme"],
    [" ", { tag: "input", type: "range" }, "playOrPause"],
    ["+", { tag: "input", type: "range" }, "nearer"],
    ["ArrowRight", { tag: "div", role: "listbox" }, "forward"],
  ])("%j on %j is free", (key, focused, expected) => {
    expect(command(key, focused)).toBe(expected);
  });
});

it("with Ctrl, Alt or Meta a key belongs to the browser, with Shift T to nobody", () => {
  for (const held of ["ctrlKey", "altKey", "metaKey"]) expect(command("t", {}, { [held]: true })).toBeNull();
  expect(command("T", {}, { shiftKey: true })).toBeNull();
  expect(command("T")).toBe("theme");
  expect(command("C")).toBe("code");
});
