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
  /** The first row in the page. */
  readonly top: number;
  /** The rows above the active one have been measured, and it stands where it should. */
  readonly settled: boolean;
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
  /** The viewer has scrolled. */
  scrolled(event: UIEvent<HTMLDivElement>): void;
}

/** Where a log stands. A step that is taken brings its own row into view; in between the viewer may scroll. */
export function usePlace(play: Play, step: number): Placed {
  const rows = useMemo(() => eventRows(play), [play]);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const at = (active: number): Place => ({ rows, step, active, top: topBefore(active), settled: false });
  const [place, setPlace] = useState(() => at(rows.firstOf(step)));
  const { top, active, settled } = place;
  if (place.rows !== rows || place.step !== step) setPlace(at(rows.firstOf(step)));

  useLayoutEffect(() => {
    const scroller = box.current;
    const items = list.current?.children;
    if (settled || scroller === null || items === undefined) return;
    const heights = Array.from(items, (item) => item.getBoundingClientRect().height);
    const ends = top + heights.length === rows.count;
    const first = top + rowsToDrop(heights, active - top, ends, scroller.clientHeight);
    scroller.scrollTop = first * ROW;
    setPlace((now) => ({ ...now, top: first, settled: true }));
  }, [settled, top, active, rows]);

  return {
    rows,
    top,
    active,
    box,
    list,
    bringTo: (row) => setPlace(at(row)),
    scrolled: ({ currentTarget }) => {
      const first = Math.min(Math.round(currentTarget.scrollTop / ROW), topMax(rows.count));
      // What was just scrolled to for a step may lie beyond the last row that a viewer can scroll to.
      setPlace((now) =>
        now.settled && Math.min(now.top, topMax(rows.count)) !== first ? { ...now, top: first } : now,
      );
    },
  };
}
