// SPDX-License-Identifier: GPL-2.0-only
import { afterEach, beforeEach, expect, it, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

const fresh = () => import("./characterKeys.ts");

it("they are on until they are switched off, and stay off at the next visit", async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  });
  const first = await fresh();
  expect(first.hasCharacterKeys()).toBe(true);
  first.setCharacterKeys(false);
  expect(first.hasCharacterKeys()).toBe(false);
  vi.resetModules();
  const second = await fresh();
  expect(second.hasCharacterKeys()).toBe(false);
  second.setCharacterKeys(true);
  vi.resetModules();
  expect((await fresh()).hasCharacterKeys()).toBe(true);
});

it("where storage throws, the switch works for this visit", async () => {
  const shut = () => {
    throw new Error("storage is shut off");
  };
  vi.stubGlobal("localStorage", { getItem: shut, setItem: shut });
  const { hasCharacterKeys, setCharacterKeys } = await fresh();
  expect(hasCharacterKeys()).toBe(true);
  setCharacterKeys(false);
  expect(hasCharacterKeys()).toBe(false);
});
