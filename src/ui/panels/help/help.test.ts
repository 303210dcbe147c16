// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { commandOf } from "../../player/keyboard.ts";
import { KEY, KEY_RARE } from "../../scene/keyScene.ts";
import { KEY_GROUPS, type KeyLine } from "./keys.ts";
import { MARK_MEANINGS } from "./marks.ts";

const LINES: readonly KeyLine[] = KEY_GROUPS.flatMap(({ lines }) => lines);
const NAMES: Readonly<Record<string, string>> = {
  ...{ Space: " ", Esc: "Escape", "←": "ArrowLeft", "→": "ArrowRight" },
};

/** Presses what the help says. */
function pressed(text: string): string | null {
  const name = text.replace(/^Shift /, "");
  const key = NAMES[name] ?? (/^[A-Z]$/.test(name) ? name.toLowerCase() : name);
  const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: text.startsWith("Shift ") };
  return commandOf({ key, ...held }, { tag: "body", type: "", role: "" });
}

it("every key of the list does what its line is about", () => {
  for (const { keys, commands } of LINES) expect(keys.map(pressed)).toEqual(commands);
});

it("every command is in the list", () => {
  const keys = Array.from({ length: 95 }, (_, k) => String.fromCharCode(32 + k));
  const names = [...keys, "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "Escape", "Enter", "Tab"];
  const held = { ctrlKey: false, metaKey: false, altKey: false };
  const known = new Set(
    names.flatMap((key) =>
      [false, true].flatMap(
        (shiftKey) => commandOf({ key, ...held, shiftKey }, { tag: "body", type: "", role: "" }) ?? [],
      ),
    ),
  );
  expect(known.size).toBeGreaterThan(20);
  expect(new Set(LINES.flatMap(({ commands }) => commands))).toEqual(known);
});

it("every mark of the key is explained, and nothing that is none", () => {
  expect(Object.keys(MARK_MEANINGS).sort()).toEqual([...KEY, ...KEY_RARE].map(({ word }) => word).sort());
});
