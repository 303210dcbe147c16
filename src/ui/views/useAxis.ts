// SPDX-License-Identifier: GPL-2.0-only
import { useMemo } from "react";
import { type Axis, axisFor } from "../scene/axis.ts";
import type { Frame } from "../scene/frame.ts";
import type { Both } from "../store/clock.ts";
import { useShown } from "../store/useLab.ts";

/** The page axis of what is shown, with cells of `cell` pixels: the same object for as long as it says the same. */
export function useAxis(frames: Both<Frame>, cell: number): Axis {
  const zoom = useShown((state) => state.zoom);
  const file = useShown((state) => state.file);
  const axis = useMemo(() => axisFor(frames, zoom, file), [frames, zoom, file]);
  const text = JSON.stringify({ ...axis, cell });
  return useMemo(() => JSON.parse(text) as Axis, [text]);
}
