// SPDX-License-Identifier: GPL-2.0-only
// What one design says of an object, in one line. It does not depend on the row that is pointed at, so that a
// pinned object of a link is told about in the same words.

import type { Play } from "../../engine/index.ts";
import { eventTexts } from "../text/caption.ts";
import { lockText } from "../text/names.ts";
import { listText, numberText } from "../text/number.ts";
import type { Frame } from "./frame.ts";
import type { LabObject } from "./object.ts";
import { cellFact } from "./objectFactCell.ts";
import { gfnFact, leafFact, spteFact } from "./objectFactGfn.ts";
import { pagesFact } from "./objectFactPages.ts";
import { slotFact } from "./objectFactSlot.ts";
import { tlbFact, vcpuFact } from "./objectFactVcpu.ts";
import { knownObject } from "./objectKnown.ts";
import { holdText, saysCount, stepsText } from "./timelineSays.ts";
import { type Spans, spansOf } from "./timelineSpans.ts";

/** The fact about the object called `name` in the design of `frame`, at its step; null where that has none. */
export function factOf(frame: Frame, name: string): string | null {
  const object = knownObject(frame.play, name);
  return object === null ? null : factOfKnown(frame, object);
}

function factOfKnown(frame: Frame, object: LabObject): string | null {
  switch (object.kind) {
    case "page":
      return pagesFact(frame, object.file, object.page, object.page);
    case "pages":
      return pagesFact(frame, object.file, object.first, object.last);
    case "slot":
      return slotFact(frame, object.memslot);
    case "cell":
      return cellFact(frame, object.file, object.shift, object.first);
    case "lock":
      return lockFact(frame.play, object.lock);
    case "count":
      return saysCount(
        object.vm,
        spansIn(frame.play).brackets.filter(({ vm }) => vm === object.vm),
      );
    case "gfn":
      return gfnFact(frame, object.vm, object.gfn);
    case "leaf":
      return leafFact(frame, object.vm, object.level, object.gfn);
    case "spte":
      return spteFact(frame, object.vm, object.level, object.gfn);
    case "vcpu":
      return vcpuFact(frame, object.vm, object.vcpu);
    case "tlb":
      return tlbFact(frame, object.vm, object.vcpu, object.gfn);
    case "event":
      return object.variant === frame.play.variant ? eventFact(frame.play, object.step) : null;
  }
}

/** The memslot that an event is about, by the name that events use; null where it is about none. */
export function slotOfEvent(play: Play, step: number): string | null {
  for (const event of play.recording.steps[step - 1]?.events ?? [])
    if ("memslot" in event) return event.memslot;
  return null;
}

function eventFact(play: Play, step: number): string | null {
  const texts = eventTexts({ play, step });
  return texts.length === 0 ? null : `Step ${numberText(step)}: ${texts.slice(0, 2).join(" ")}`;
}

/** `rm->lock: held by P for reading in steps 2–14.` */
function lockFact(play: Play, lock: string): string | null {
  if (!isShown(lock)) return null;
  const { holds, inner, gaps } = spansIn(play);
  const own = [...holds, ...inner].filter((hold) => hold.lock === lock);
  const tasks = [...play.scenario.tasks.keys()];
  const held = tasks.flatMap((name, task) => {
    const its = own.filter((hold) => hold.task === task);
    return its.length === 0 ? [] : [`by ${name} ${holdText(its)}`];
  });
  const holders = new Set(own.map(({ task }) => task));
  const dropped = lock.endsWith("/rm->lock") ? gaps.filter(({ task }) => holders.has(task)) : [];
  const gap =
    dropped.length === 0
      ? ""
      : `; dropped between the two walks ${stepsText(dropped)}, where slots can come and go`;
  return `${lockText(play, lock)}: ${held.length === 0 ? "never held" : `held ${listText(held)}`}${gap}.`;
}

/** The locks of a file are; those of a VM are taken and given back all the time. */
const isShown = (lock: string) => lock.endsWith("/rm->lock") || lock.endsWith("/inode->lock");

const spansOfPlay = new WeakMap<Play, Spans>();

/** Read once a play. */
export function spansIn(play: Play): Spans {
  const spans = spansOfPlay.get(play) ?? spansOf(play);
  spansOfPlay.set(play, spans);
  return spans;
}
