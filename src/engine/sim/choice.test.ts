// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { parseChoice } from "./choice.ts";

describe("parseChoice", () => {
  it.each([
    ["P", { task: "P", for: "steps", steps: 1 }],
    ["P*1", { task: "P", for: "steps", steps: 1 }],
    ["P*300", { task: "P", for: "steps", steps: 300 }],
    ["P to end", { task: "P", for: "end" }],
    ["P until lock.taken", { task: "P", for: "event", event: "lock.taken", object: null }],
    ["P until lock.taken rm->lock", { task: "P", for: "event", event: "lock.taken", object: "rm->lock" }],
    [
      " P  until   notifier.start vm0/3 ",
      { task: "P", for: "event", event: "notifier.start", object: "vm0/3" },
    ],
    ["until until to end", { task: "until", for: "event", event: "to", object: "end" }],
  ])("reads %j", (text, choice) => {
    expect(parseChoice(text)).toEqual({ text, ...choice });
  });

  it.each([
    ["", "no task"],
    ["P*0", "no step at all"],
    ["P*", "no number"],
    ["P*-1", "a negative number"],
    ["P*1.5", "half a step"],
    ["P*1000000000", "more steps than any run has"],
    ["P * 2", "blanks around the star"],
    ["P*2 to end", "two forms at once"],
    ["P*2 until lock.taken", "two forms at once"],
    ["P to", "half a form"],
    ["P to start", "an end that is none"],
    ["P to end now", "a word too many"],
    ["P until", "no event"],
    ["P until lock.taken rm->lock twice", "a word too many"],
    ["P Q", "two tasks"],
  ])("refuses %j: %s", (text) => {
    expect(parseChoice(text)).toBeNull();
  });
});
