// SPDX-License-Identifier: GPL-2.0-only
// Dark or light. public/theme.js makes the first choice before the page is painted; this makes the later ones.

export type Theme = "dark" | "light";

/** The theme now on screen. */
export const shownTheme = (): Theme =>
  document.documentElement.dataset.theme === "light" ? "light" : "dark";

/** Shows `theme` now; at the next visit the viewer's own is back. */
export function lendTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Shows `theme` now and at the next visit. Where storage is shut off it holds for this visit. */
export function showTheme(theme: Theme): void {
  lendTheme(theme);
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Nothing is lost but the memory of it.
  }
}
