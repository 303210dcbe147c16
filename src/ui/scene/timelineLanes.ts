// SPDX-License-Identifier: GPL-2.0-only
// The lanes of one design: for each task its steps and the locks it holds, then a count for each VM.

import type { OperationSteps, Play } from "../../engine/index.ts";
import { drawCount } from "./timelineCount.ts";
import { drawFindings, findingNames, findingWords, writeFindings } from "./timelineFindings.ts";
import type { Drawing, Lane } from "./timelineLane.ts";
import { drawLocks } from "./timelineLocks.ts";
import { inkMarks, type TimelineMark } from "./timelineMark.ts";
import { saysCount, saysFindings, saysLocks, saysTask } from "./timelineSays.ts";
import { type Spans, spansOf } from "./timelineSpans.ts";
import { findingSteps, stepKinds } from "./timelineSteps.ts";
import { drawTask, writeDone, writeTask } from "./timelineTask.ts";

/** One design, and where its steps lie on the time that both share. */
export interface TimelineRun {
  readonly play: Play;
  readonly operations: readonly OperationSteps[];
  /** The shared time at the end of step `step`. */
  timeOf(step: number): number;
}

export interface DesignTimeline {
  /** Pixels from the top of the timeline. */
  readonly top: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  /** Drawn under the veil over what is still to come. */
  readonly marks: readonly TimelineMark[];
  /** Drawn over it, so that they stay legible. */
  readonly words: readonly TimelineMark[];
  /** A sentence a lane, and one for what was found broken. */
  readonly says: readonly string[];
}

/** Where a time lies, and how much room there is. */
export interface TimeScale {
  /** The time at which each operation begins, and one more: the end. */
  readonly begins: readonly number[];
  /** Pixels. */
  readonly width: number;
  xOf(time: number): number;
}

/** Of more findings than this only the first is labelled: many are most often the same again. */
const LABELS_MAX = 4;

/** The lanes of one design, from `top` down. */
export function designLanes(run: TimelineRun, scale: TimeScale, top: number): DesignTimeline {
  const { play } = run;
  const spans = spansOf(play);
  const lanes = laneRows(play, spans, top, scale.width);
  const drawing: Drawing = {
    ...{ play, spans, kinds: stepKinds(play), ink: new Map(), words: [] },
    xOf: (step) => scale.xOf(run.timeOf(step)),
  };
  const of = (kind: Lane["kind"]) => lanes.filter((lane) => lane.kind === kind);
  const height = lanes.reduce((sum, lane) => sum + lane.height, 0);
  for (const lane of of("task")) drawTask(drawing, lane);
  drawFindings(drawing, top, height);
  // What broke has the first choice of the room, then what was refused or put off, then who is done.
  const found = findingSteps(play);
  const labelled = found.length > LABELS_MAX ? found.slice(0, 1) : found;
  const homeless = writeFindings(drawing, of("task"), labelled, findingWords);
  for (const lane of of("task")) writeTask(drawing, lane);
  writeWaits(drawing, lanes[0], run, scale);
  for (const lane of of("locks")) drawLocks(drawing, lane);
  for (const lane of of("count")) drawCount(drawing, lane);
  const rest = writeFindings(drawing, [...of("count"), ...of("locks")], homeless, findingWords);
  writeFindings(drawing, lanes, rest, findingNames);
  const says = lanes.map((lane) => saysLane(drawing, lane));
  const broken = saysFindings(play);
  return {
    ...{ top, height, lanes, marks: inkMarks(drawing.ink), words: drawing.words },
    says: broken === null ? says : [...says, broken],
  };
}

/** Lanes are 22 px apart; where several tasks need more of them, as low as their words allow. */
const HEIGHTS = {
  alone: { task: 22, locks: 22, bareLocks: 22, count: 22 },
  several: { task: 15, locks: 19, bareLocks: 12, count: 14 },
};

function laneRows(play: Play, { holds, inner, gaps, brackets }: Spans, top: number, width: number): Lane[] {
  const tasks = [...play.scenario.tasks.keys()];
  const heights = HEIGHTS[tasks.length > 1 ? "several" : "alone"];
  const lanes: Lane[] = [];
  let free = top;
  const add = (kind: Lane["kind"], height: number, name: string, task = 0, vm = "") => {
    lanes.push({ kind, name, top: free, height, task, vm, room: { width, taken: [] } });
    free += height;
  };
  for (const [task, name] of tasks.entries()) {
    const isOwn = (span: { task: number }) => span.task === task;
    add("task", heights.task, name, task);
    if (inner.some(isOwn) || gaps.some(isOwn)) add("locks", heights.locks, "rm->lock", task);
    else if (tasks.length === 1 || holds.some(isOwn)) add("locks", heights.bareLocks, "rm->lock", task);
  }
  const vms = [...play.scenario.vms.keys()];
  const counted = vms.filter((vm) => brackets.some((each) => each.vm === vm));
  for (const vm of counted.length > 0 ? counted : vms.slice(0, 1))
    add("count", heights.count, vms.length > 1 ? `${vm} in_progress` : "in_progress", 0, vm);
  return lanes;
}

function writeWaits(drawing: Drawing, lane: Lane | undefined, run: TimelineRun, scale: TimeScale): void {
  if (lane === undefined) return;
  for (const [k, { first, last }] of run.operations.entries()) {
    const [begin = 0, end = 0] = [scale.begins[k], scale.begins[k + 1]];
    const own = last - first + 1;
    if (own < end - begin) writeDone(drawing, lane, own, [scale.xOf(begin + own), scale.xOf(end)]);
  }
}

function saysLane({ play, kinds, spans }: Drawing, { kind, task, vm }: Lane): string {
  switch (kind) {
    case "task":
      return saysTask(play, task, kinds, spans);
    case "locks":
      return saysLocks(play, task, spans);
    case "count":
      return saysCount(
        vm,
        spans.brackets.filter((each) => each.vm === vm),
      );
  }
}
