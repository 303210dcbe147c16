// SPDX-License-Identifier: GPL-2.0-only
// What the key does: opens the life of a page, or closes the one that is open.

import { axisFor } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { tellingPage } from "../../scene/lifePage.ts";
import { type LabObject, objectName, objectOf } from "../../scene/object.ts";
import { stalePage } from "../../scene/stalePage.ts";
import type { Lab } from "../../store/lab.ts";
import type { LabState } from "../../store/labState.ts";
import { shownPunch } from "../punch/shownPunch.ts";
import { askForFocus } from "./listFocus.ts";

/**
 * Pins the page that is pointed at. Where none is: lets go of the one that is pinned, or else pins the page with the
 * most to tell at the shown step.
 */
export function pickPage({ store, pin, tell }: Lab): void {
  const state = store.getState();
  const { frames, pinned, lit } = state;
  if (frames === null) return;
  const pointedAt = lit === pinned ? null : pageIn(frames, objectOf(lit));
  if (pointedAt === null && pageIn(frames, objectOf(pinned)) !== null) {
    pin(null);
    return;
  }
  const { file, page } = pointedAt ?? mostTelling(frames, state);
  askForFocus();
  pin(objectName({ kind: "page", file, page }));
  tell(
    `The life of page ${page} of ${file} is shown; the arrow keys go through its moments, Enter shows one, Escape closes it.`,
  );
}

interface PageName {
  readonly file: string;
  readonly page: number;
}

/** The page that `object` is; of a column's pages the one with the most to tell. */
function pageIn(frames: readonly Frame[], object: LabObject | null): PageName | null {
  if (object?.kind === "page") return object;
  return object?.kind === "pages"
    ? tellingIn(frames, object.file, { start: object.first, end: object.last + 1 })
    : null;
}

/** One that is freed while a guest still comes to it; else one of the hole that is being punched, or of the window. */
function mostTelling(frames: readonly [Frame, Frame], { zoom, file: chosen }: LabState): PageName {
  const { file, start, end, filePages } = axisFor(frames, zoom, chosen);
  const [stale] = frames.flatMap((frame) => stalePage(frame, file) ?? []);
  if (stale !== undefined) return { file, page: stale };
  return tellingIn(frames, file, shownPunch(frames[0], file) ?? { start, end: Math.min(end, filePages) });
}

const tellingIn = (
  frames: readonly Frame[],
  file: string,
  span: { readonly start: number; readonly end: number },
): PageName => ({
  file,
  page: tellingPage(
    frames.map(({ play }) => play),
    { file, ...span },
  ),
});
