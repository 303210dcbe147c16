// SPDX-License-Identifier: GPL-2.0-only
import { type RefObject, useLayoutEffect, useRef } from "react";
import { useLab } from "../../store/useLab.ts";

const GLIDE_MS = 80;

/** For an element that stands at `left`: where one step is taken it glides there, else it is there at once. */
export function useGlide(left: string): RefObject<HTMLDivElement | null> {
  const { store } = useLab();
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef(left);
  useLayoutEffect(() => {
    const from = before.current;
    before.current = left;
    const stepped = store.getState().frames?.some((frame) => frame.from !== null) === true;
    if (from === left || !stepped || ref.current === null) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const glide = ref.current.animate({ left: [from, left] }, GLIDE_MS);
    return () => glide.cancel();
  }, [left, store]);
  return ref;
}
