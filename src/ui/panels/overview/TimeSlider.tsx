// SPDX-License-Identifier: GPL-2.0-only
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { bisectLeft } from "../../scene/bisect.ts";
import type { CaptureView, Costs } from "../../worker/protocol.ts";
import styles from "./Overview.module.css";
import { operationText } from "./says.ts";
import { HEIGHT } from "./sizes.ts";
import { moved, positionsOf, type Span, zoomed } from "./span.ts";

interface TimeSliderProps {
  view: CaptureView;
  span: Span;
  whole: Span;
  width: number;
  /** The operation that is shown. */
  now: number;
  /** Of the designs on screen. */
  shown: readonly Costs[];
  /** Operations [from, end) are those that are played. */
  isPart: { readonly from: number; readonly end: number };
  onSpan: (span: Span) => void;
  /** The pointer is at that operation, or nowhere. */
  onPoint: (operation: number | null) => void;
  onGoTo: (operation: number) => void;
  children: ReactNode;
}

/** How much nearer one turn of the wheel or one press of a key looks. */
const WHEEL = 1.25;
const KEY = 2;

/** The time axis by hand, wheel and key: a press goes to the operation there, the wheel looks nearer. */
export function TimeSlider(props: TimeSliderProps) {
  const { view, span, whole, width, now, shown, isPart, onSpan, onPoint, onGoTo, children } = props;
  const strip = useRef<HTMLDivElement>(null);
  // Several turns of the wheel may come before the page is drawn again.
  const latest = useRef(span);
  latest.current = span;
  const see = (next: Span) => {
    latest.current = next;
    onSpan(next);
  };

  const positions = positionsOf(view.columns);
  const count = positions.length;
  const xOf = (at: number) => ((at - span.start) / (span.end - span.start)) * width;
  const atOf = (clientX: number): number => {
    const box = strip.current?.getBoundingClientRect();
    const share = box === undefined || box.width === 0 ? 0 : (clientX - box.left) / box.width;
    return latest.current.start + share * (latest.current.end - latest.current.start);
  };
  const operationAt = (clientX: number): number => {
    const next = bisectLeft(positions, atOf(clientX));
    const [before = Number.NEGATIVE_INFINITY, after = Number.POSITIVE_INFINITY] = [
      positions[next - 1],
      positions[next],
    ];
    const nearest = atOf(clientX) - before < after - atOf(clientX) ? next - 1 : next;
    return Math.min(Math.max(nearest, 0), count - 1);
  };

  // Another part takes a moment to come; keys go on from where they lead and not from what is still shown.
  const aim = useRef(now);
  useEffect(() => {
    aim.current = now;
  }, [now]);

  // React's own wheel listeners cannot keep the page from scrolling.
  const wheel = useRef<(event: WheelEvent) => void>(() => {});
  wheel.current = (event) => {
    event.preventDefault();
    const isAcross = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const by = event.deltaY === 0 || isAcross ? event.deltaX || event.deltaY : event.deltaY;
    const { start, end } = latest.current;
    if (isAcross) see(moved(latest.current, whole, (by / width) * (end - start)));
    else see(zoomed(latest.current, whole, atOf(event.clientX), by < 0 ? WHEEL : 1 / WHEEL));
  };
  useEffect(() => {
    const element = strip.current;
    const turned = (event: WheelEvent) => wheel.current(event);
    element?.addEventListener("wheel", turned, { passive: false });
    return () => element?.removeEventListener("wheel", turned);
  }, []);

  function pressed(event: KeyboardEvent): void {
    const to = KEYS[event.key]?.(aim.current, view.every, count);
    if (to !== undefined) {
      aim.current = Math.min(Math.max(to, 0), count - 1);
      onGoTo(aim.current);
    } else if (event.key === "+" || event.key === "=")
      see(zoomed(latest.current, whole, positions[now] ?? 0, KEY));
    else if (event.key === "-") see(zoomed(latest.current, whole, positions[now] ?? 0, 1 / KEY));
    else return;
    event.preventDefault();
  }
  const pulled = (event: PointerEvent) => {
    onPoint(operationAt(event.clientX));
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onGoTo(operationAt(event.clientX));
  };
  const inside = (x: number) => Math.min(Math.max(x, 0), width);
  const [left, right] = [
    inside(xOf(positions[isPart.from] ?? 0)),
    inside(xOf(positions[Math.min(isPart.end, count - 1)] ?? 0)),
  ];
  return (
    <div
      ref={strip}
      className={styles.strip}
      style={{ width, height: HEIGHT }}
      role="slider"
      tabIndex={0}
      aria-label="Operation of the recording"
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={now + 1}
      aria-valuetext={operationText(view, now, shown)}
      data-testid="overview"
      onKeyDown={pressed}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        onGoTo(operationAt(event.clientX));
      }}
      onPointerMove={pulled}
      onPointerLeave={() => onPoint(null)}
    >
      <div className={styles.part} style={{ left, width: Math.max(2, right - left) }} />
      {children}
      <div className={styles.playhead} style={{ left: xOf(positions[now] ?? 0) }} />
    </div>
  );
}

type Move = (now: number, part: number, count: number) => number;

/** A slider's keys; pages are the parts that are played at a time. */
const KEYS: Readonly<Record<string, Move>> = {
  ArrowRight: (now) => now + 1,
  ArrowUp: (now) => now + 1,
  ArrowLeft: (now) => now - 1,
  ArrowDown: (now) => now - 1,
  PageUp: (now, part) => now + part,
  PageDown: (now, part) => now - part,
  Home: () => 0,
  End: (_, __, count) => count - 1,
};
