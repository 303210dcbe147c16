// SPDX-License-Identifier: GPL-2.0-only
// Whoever picks a page by key goes on with the arrows in the list of its moments, which is not there yet.

let asked = false;

/** The list that is drawn next takes the focus. */
export function askForFocus(): void {
  asked = true;
}

/** Whether the focus was asked for; it is given once. */
export function takesFocus(): boolean {
  const was = asked;
  asked = false;
  return was;
}
