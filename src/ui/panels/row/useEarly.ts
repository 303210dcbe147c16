// SPDX-License-Identifier: GPL-2.0-only
import { type MouseEvent, type RefObject, useMemo, useRef } from "react";

/** Where the pointer is over an element, from its upper left corner, and whether it has clicked there. */
export interface Early {
  readonly x: number;
  readonly y: number;
  readonly isClick: boolean;
}

/**
 * The pointer over an element whose answers are still being fetched: they begin with where it was last, so that
 * the first hover and the first tap are not lost.
 */
export function useEarly() {
  const early: RefObject<Early | null> = useRef(null);
  const listening = useMemo(() => {
    const note = (isClick: boolean) => (event: MouseEvent<HTMLElement>) => {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      early.current = { x: event.clientX - left, y: event.clientY - top, isClick };
    };
    return {
      onPointerMove: note(false),
      onClick: note(true),
      onPointerLeave() {
        if (early.current?.isClick === false) early.current = null;
      },
    };
  }, []);
  return { early, listening };
}
