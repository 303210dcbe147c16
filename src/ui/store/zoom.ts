// SPDX-License-Identifier: GPL-2.0-only
// Whether there is anything more to see from nearer or farther.

import { axisFor } from "../scene/axis.ts";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "./clock.ts";

/** Whether the window of pages would be another one, `by` powers of 64 nearer (above 0) or farther. */
export function zoomChanges(frames: Both<Frame>, zoom: number, file: string | null, by: 1 | -1): boolean {
  const now = axisFor(frames, zoom, file);
  const then = axisFor(frames, zoom + by, file);
  return now.start !== then.start || now.end !== then.end;
}

/** `zoom`, or the nearest to it on the way to 0 from which the window is another one than from a step nearer to 0. */
export function seenZoom(frames: Both<Frame>, zoom: number, file: string | null): number {
  const home = zoom > 0 ? -1 : 1;
  let seen = zoom;
  while (seen !== 0 && !zoomChanges(frames, seen, file, home)) seen += home;
  return seen;
}
