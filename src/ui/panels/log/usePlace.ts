// SPDX-License-Identifier: GPL-2.0-only
import { type RefObject, type UIEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Play } from "../../../engine/index.ts";
import { type EventRows, eventRows } from "./rows.ts";
import { ROW, rowsToDrop, topBefore, topMax } from "./window.ts";

interface Place {
  readonly rows: EventRows;
  readonly step: number;
  /** The row that the keys stand on. */
  readonly active: number;
  /** Where it is the active row that is shown, the rows up to this one are to be seen with it. */
  readonly until: number;
  /** The first row in the page. */
  readonly top: number;
  /** The viewer has scrolled: `top` is the first row to be seen. Otherwise it lies above, for measuring. */
  readonly scrolled: boolean;
}

interface Placed {
  readonly rows: EventRows;
  readonly top: number;
  readonly active: number;
  /** The element that scrolls, and in it the one whose children are the rows. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  /** Makes `row` the active one and shows it. */
  bringTo(row: number): void;
  onScroll(event: UIEvent<HTMLDivElement>): void;
}

/** Where a log stands. A step that is taken brings its own rows into view; in between the viewer may scroll. */
export function usePlace(play: Play, step: number): Placed {
  const rows = useMemo(() => eventRows(play), [play]);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  /** What the scroll bar was set to here, so that the viewer's own scrolling can be told from it. */
  const scrollTop = useRef(0);
  const at = (active: number, until: number): Place => ({
    ...{ rows, step, active, until },
    top: topBefore(active),
    scrolled: false,
  });
  const atStep = () => at(rows.firstOf(step), rows.firstOf(step + 1));
  const [place, setPlace] = useState(atStep);
  if (place.rows !== rows || place.step !== step) setPlace(atStep());

  useLayoutEffect(() => {
    const [outer, inner] = [box.current, list.current];
    if (outer === null || inner === null) return;
    const { top, active, until, scrolled } = place;
    let above = 0;
    if (!scrolled) {
      const heights = Array.from(inner.children, (row) => (row as HTMLElement).offsetHeight);
      const ends = top + heights.length === rows.count;
      const dropped = rowsToDrop(heights, [active - top, until - top], ends, outer.clientHeight);
      above = heights.slice(0, dropped).reduce((sum, height) => sum + height, 0);
      outer.scrollTop = (top + dropped) * ROW;
      scrollTop.current = outer.scrollTop;
    }
    // Nobody can scroll this one by hand: it hides the rows that are there for their heights alone.
    inner.scrollTop = above;
  }, [place, rows]);

  return {
    ...{ rows, top: place.top, active: place.active, box, list },
    bringTo: (row) => setPlace(at(row, row + 1)),
    onScroll: ({ currentTarget }) => {
      if (Math.abs(currentTarget.scrollTop - scrollTop.current) < 1) return;
      scrollTop.current = currentTarget.scrollTop;
      const top = Math.min(Math.round(currentTarget.scrollTop / ROW), topMax(rows.count));
      setPlace((now) => ({ ...now, top, scrolled: true }));
    },
  };
}
