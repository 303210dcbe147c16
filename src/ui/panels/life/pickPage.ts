// SPDX-License-Identifier: GPL-2.0-only
// What the key does: the page with the most to tell under the hole, or away from the page that is picked.

import { axisFor } from "../../scene/axis.ts";
import { tellingPage } from "../../scene/lifePage.ts";
import { objectName, objectOf } from "../../scene/object.ts";
import type { Lab } from "../../store/lab.ts";
import { shownPunch } from "../punch/shownPunch.ts";
import { askForFocus } from "./listFocus.ts";

/** Pins a page of the hole that the shown operation punches, else of the window; lets go of one that is pinned. */
export function pickPage({ store, pin, tell }: Lab): void {
  const { frames, zoom, file: chosen, pinned } = store.getState();
  if (frames === null) return;
  const object = objectOf(pinned);
  if (object?.kind === "page" || object?.kind === "pages") {
    pin(null);
    return;
  }
  const { file, start, end, filePages } = axisFor(frames, zoom, chosen);
  const pages = shownPunch(frames[0], file) ?? { start, end: Math.min(end, filePages) };
  const page = tellingPage(
    frames.map(({ play }) => play),
    { file, ...pages },
  );
  askForFocus();
  pin(objectName({ kind: "page", file, page }));
  tell(`The life of page ${page} of ${file} is shown; the arrow keys go through its moments.`);
}
