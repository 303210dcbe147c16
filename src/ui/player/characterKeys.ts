// SPDX-License-Identifier: GPL-2.0-only
// Whether keys that type a character are shortcuts. Kept for the next visit where the browser keeps anything.

const NAME = "characterKeys";

let now: boolean | null = null;

/** On, unless the viewer has switched them off here or at an earlier visit. */
export function hasCharacterKeys(): boolean {
  now ??= kept() !== "off";
  return now;
}

/** Switches them on or off. Where storage is shut off it holds for this visit. */
export function setCharacterKeys(on: boolean): void {
  now = on;
  try {
    localStorage.setItem(NAME, on ? "on" : "off");
  } catch {
    // Nothing is lost but the memory of it.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}
