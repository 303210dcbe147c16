// SPDX-License-Identifier: GPL-2.0-only
import { type PointerEvent, useMemo } from "react";
import { timeMax } from "../../store/clock.ts";
import type { Lab } from "../../store/lab.ts";
import { useLab } from "../../store/useLab.ts";

type Moved = PointerEvent<HTMLElement>;

/** Handlers for an element as wide as the run is long: the time under the pointer is shown while it is pressed. */
export function useSeek() {
  const lab = useLab();
  return useMemo(
    () => ({
      onPointerDown(event: Moved) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(lab, event);
      },
      onPointerMove(event: Moved) {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(lab, event);
      },
    }),
    [lab],
  );
}

function seek(lab: Lab, { currentTarget, clientX }: Moved): void {
  const { loaded } = lab.store.getState();
  const { left, width } = currentTarget.getBoundingClientRect();
  if (loaded !== null && width > 0) lab.goTo(((clientX - left) / width) * timeMax(loaded.clock));
}
