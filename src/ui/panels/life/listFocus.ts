// SPDX-License-Identifier: GPL-2.0-only
// Whoever opens a life by key goes on with the arrows in the list of its moments, which is not there yet, and is back
// where they were once it is closed.

let asked = false;

/** What had the focus when a list took it. */
let before: Element | null = null;

/** The list that is drawn next takes the focus. */
export function askForFocus(): void {
  asked = true;
}

/** Gives the focus to `list` where it was asked for; it is given once. */
export function takeFocus(list: HTMLElement): void {
  if (!asked) return;
  asked = false;
  before = document.activeElement;
  list.focus();
}

/** `list` goes away: whatever had the focus before it has it again. */
export function giveBack(list: HTMLElement): void {
  if (document.activeElement === list && before instanceof HTMLElement && before.isConnected) before.focus();
}
