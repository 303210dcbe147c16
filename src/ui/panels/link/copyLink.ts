// SPDX-License-Identifier: GPL-2.0-only

import type { Lab } from "../../store/lab.ts";
import { linkOf } from "../../store/link.ts";
import { placeShown } from "../../store/placeShown.ts";

/** Puts the address of what `lab` shows on the clipboard. Rejects where the page may not. */
export async function copyLink({ store }: Lab): Promise<void> {
  const place = placeShown(store.getState());
  if (place !== null) await navigator.clipboard.writeText(new URL(linkOf(place), location.href).href);
}
