// SPDX-License-Identifier: GPL-2.0-only
// What pointer and keys do in one row. The handlers stay the same while steps are taken, and read what is shown
// when something happens.

import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { PageSpan } from "../../scene/about.ts";
import type { Axis } from "../../scene/axis.ts";
import { draggedTo, type Grip, gripAt } from "../../scene/draft.ts";
import type { Frame } from "../../scene/frame.ts";
import type { Placed } from "../../scene/objectBox.ts";
import { hitAt, indexForKey, type Stand } from "../../scene/objectHit.ts";
import type { StripRow } from "../../scene/objects.ts";
import { punchedSpans } from "../../scene/rulerScene.ts";
import type { Lab } from "../../store/lab.ts";
import { draftForKey, startedDraft } from "./draftKeys.ts";
import type { Hands } from "./Hint.tsx";

export interface Reach {
  readonly lab: Lab;
  readonly axis: Axis;
  readonly frame: Frame;
  readonly row: StripRow["row"];
  readonly objects: () => readonly Placed[];
  /** Of the active object, or -1. */
  readonly index: number;
  /** The id of what the row reads out. */
  readonly option: string | undefined;
  /** The arrows move a punch and not the active object. */
  readonly drafting: boolean;
  readonly onFocused: (focused: boolean) => void;
  readonly onStand: (stand: Stand) => void;
  readonly onDrafting: (drafting: boolean) => void;
}

/** The pointer is down: where, what it has hold of, and what was drafted before. */
interface Press {
  readonly x: number;
  readonly grip: Grip;
  readonly before: PageSpan | null;
  isDrag: boolean;
}

/** A pointer that moves less than this, in pixels, clicks. */
const CLICK = 4;

/** The handlers and attributes of a row's element. */
export function useHands(reach: Reach): Hands {
  const latest = useRef(reach);
  useLayoutEffect(() => {
    latest.current = reach;
  });
  const [grip, setGrip] = useState<"edge" | "move" | undefined>(undefined);
  const handlers = useMemo(() => handlersOf(() => latest.current, setGrip), []);
  const { option } = reach;
  return useMemo(
    () => ({ ...handlers, "aria-activedescendant": option, "data-grip": grip }),
    [handlers, option, grip],
  );
}

/** Rows over whose pages a punch can be drawn. */
const isStrip = (row: StripRow["row"]) => row === "pages" || row === "ruler";

function handlersOf(now: () => Reach, onGrip: (grip: "edge" | "move" | undefined) => void) {
  let press: Press | null = null;
  let wasDrag = false;

  const held = (x: number, alt: boolean): Grip => {
    const { axis, lab } = now();
    return gripAt(axis, x, draftOrPunch(now(), lab.store.getState().draft), alt);
  };
  const letGo = () => {
    removeEventListener("keydown", escaped, true);
    press = null;
  };
  const drop = () => {
    if (press?.isDrag) now().lab.setDraft(press.before);
    letGo();
  };
  const escaped = (event: globalThis.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    drop();
  };

  return {
    // A press with the mouse leaves the focus where it is: whoever pins a page goes on stepping with the arrows.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const { row, lab } = now();
      wasDrag = false;
      hover(event);
      if (event.button !== 0 || !isStrip(row)) return;
      const { x } = placeOf(event);
      const { draft } = lab.store.getState();
      press = { x, grip: held(x, event.altKey), before: draft, isDrag: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { axis, row, lab } = now();
      const { x } = placeOf(event);
      if (press === null) {
        hover(event);
        if (isStrip(row)) onGrip(gripName(held(x, event.altKey)));
        return;
      }
      if (!press.isDrag) {
        if (Math.abs(x - press.x) <= CLICK) return;
        press.isDrag = true;
        wasDrag = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        addEventListener("keydown", escaped, true);
        lab.light(null);
      }
      const { start, end } = draggedTo(axis, press.grip, x);
      const { draft } = lab.store.getState();
      if (draft?.start !== start || draft.end !== end) lab.setDraft({ start, end });
    },
    onPointerUp() {
      const isDrag = press?.isDrag ?? false;
      letGo();
      if (isDrag) run(now());
    },
    onPointerCancel: drop,
    onPointerLeave() {
      if (press?.isDrag) return;
      letGo();
      onGrip(undefined);
      now().lab.light(null);
    },
    onClick(event: MouseEvent<HTMLElement>) {
      const { lab, objects } = now();
      if (wasDrag) {
        wasDrag = false;
        return;
      }
      const { x, y } = placeOf(event);
      pinOrLetGo(lab, objects()[hitAt(objects(), x, y)]?.name ?? null);
    },
    onFocus: () => now().onFocused(true),
    onBlur() {
      const { onFocused, onDrafting, lab } = now();
      onFocused(false);
      onDrafting(false);
      lab.light(null);
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isDone = now().drafting ? draftKey(now(), event) : rowKey(now(), event);
      if (!isDone) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };

  function hover(event: PointerEvent<HTMLElement>): void {
    const { lab, objects } = now();
    const { x, y } = placeOf(event);
    lab.light(objects()[hitAt(objects(), x, y)]?.name ?? null);
  }
}

const gripName = ({ grip }: Grip) => (grip === "new" ? undefined : grip === "move" ? "move" : "edge");

/** In the pixels of the scene. */
function placeOf({ currentTarget, clientX, clientY }: MouseEvent<HTMLElement>) {
  const { left, top } = currentTarget.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/** The range that can be dragged: what is drafted, else what the operation punches in this window. */
const draftOrPunch = ({ axis, frame }: Reach, draft: PageSpan | null): PageSpan | null =>
  draft ?? punchedSpans(axis, frame).at(-1) ?? null;

/** Runs what is drafted. */
function run({ lab, axis }: Reach): void {
  const { draft } = lab.store.getState();
  if (draft !== null) void lab.punch(axis.file, draft.start, draft.end);
}

const pinOrLetGo = (lab: Lab, name: string | null) =>
  lab.pin(name === lab.store.getState().pinned ? null : name);

/** Whether the key meant something here. */
function rowKey(reach: Reach, { key, shiftKey }: KeyboardEvent): boolean {
  const { lab, axis, row, objects, index, onStand, onDrafting } = reach;
  const { draft, pinned, lit } = lab.store.getState();
  if (key === "Escape") {
    if (draft !== null) lab.setDraft(null);
    else if (pinned !== null || lit !== null) {
      lab.pin(null);
      lab.light(null);
    } else return false;
    return true;
  }
  const object = objects()[index];
  if (object === undefined || shiftKey) return false;
  if (key === "p" && row === "pages") {
    const { start, end } = draftOrPunch(reach, draft) ?? startedDraft(axis, object);
    lab.setDraft({ start, end });
    onDrafting(true);
    return true;
  }
  if (key === "Enter" || key === " ") {
    pinOrLetGo(lab, object.name);
    return true;
  }
  const to = indexForKey(key, index, objects().length);
  const next = to === null ? undefined : objects()[to];
  if (to === null || next === undefined) return false;
  onStand({ name: next.name, index: to });
  // Also where it stays at an end, or where Escape has put the light out.
  lab.light(next.name);
  return true;
}

function draftKey(reach: Reach, { key, shiftKey }: KeyboardEvent): boolean {
  const { lab, axis, onDrafting } = reach;
  const { draft } = lab.store.getState();
  if (draft === null) {
    onDrafting(false);
    return false;
  }
  if (key === "Enter" || key === "Escape") {
    onDrafting(false);
    if (key === "Enter") run(reach);
    else lab.setDraft(null);
    return true;
  }
  const next = draftForKey(axis, draft, key, shiftKey);
  if (next !== null) lab.setDraft(next);
  return next !== null;
}
