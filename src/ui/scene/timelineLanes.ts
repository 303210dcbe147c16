// SPDX-License-Identifier: GPL-2.0-only
// The lanes of one design: what is drawn in each, and which words have the first choice of the room.

import type { OperationSteps, Play } from "../../engine/index.ts";
import { drawCount } from "./timelineCount.ts";
import {
  drawFindings,
  findingLabels,
  findingNames,
  findingWords,
  writeFindings,
} from "./timelineFindings.ts";
import type { Drawing, Lane } from "./timelineLane.ts";
import { drawLocks } from "./timelineLocks.ts";
import { inkMarks, type TimelineMark } from "./timelineMark.ts";
import { laneRows } from "./timelineRows.ts";
import { saysCount, saysFindings, saysLocks, saysTask } from "./timelineSays.ts";
import { spansOf } from "./timelineSpans.ts";
import { findingSteps, stepKinds } from "./timelineSteps.ts";
import { drawTask, writeDone, writeTask } from "./timelineTask.ts";
import type { VcpuLanes } from "./vcpuLanes.ts";

/** One design, and where its steps lie on the time that both share. */
export interface TimelineRun {
  readonly play: Play;
  readonly operations: readonly OperationSteps[];
  /** The shared time at the end of step `step`. */
  timeOf(step: number): number;
  /** Null while it is not there, and where no guest runs. */
  readonly vcpus: VcpuLanes | null;
}

export interface DesignTimeline {
  /** Pixels from the top of the timeline. */
  readonly top: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly TimelineMark[];
  /** Drawn over the marks. */
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

/** The lanes of one design, from `top` down. `isAlone`: no other design stands beside it. */
export function designLanes(
  run: TimelineRun,
  scale: TimeScale,
  top: number,
  isAlone = false,
): DesignTimeline {
  const { play, vcpus } = run;
  const spans = spansOf(play);
  const { lanes, hidden } = laneRows(run, spans, top, scale.width, isAlone);
  const drawing: Drawing = {
    ...{ play, spans, kinds: stepKinds(play), ink: new Map(), words: [] },
    xOf: (step) => scale.xOf(run.timeOf(step)),
  };
  const of = (kind: Lane["kind"]) => lanes.filter((lane) => lane.kind === kind);
  const height = lanes.reduce((sum, lane) => sum + lane.height, 0);
  const traces = vcpus?.vcpuTraces(play) ?? [];
  const traced = of("vcpu").flatMap((lane) => {
    const trace = traces.find(({ vcpu }) => vcpu === lane.vcpu);
    return trace === undefined ? [] : [{ lane, trace }];
  });
  for (const lane of of("task")) drawTask(drawing, lane);
  for (const { lane, trace } of traced) vcpus?.drawVcpu(drawing, lane, trace);
  drawFindings(drawing, lanes, top, height);
  // What broke has the first choice of the room, then what was refused or put off, then who is done.
  for (const { lane, trace } of traced) vcpus?.writeHarm(drawing, lane, trace);
  const labels = findingLabels(drawing, findingSteps(play), LABELS_MAX);
  const homeless = writeFindings(drawing, [...of("task"), ...of("vcpu")], labels, findingWords);
  for (const { lane, trace } of traced) vcpus?.writeVcpu(drawing, lane, trace);
  for (const lane of lanes) if (lane.task >= 0 && lane.kind !== "locks") writeTask(drawing, lane);
  writeWaits(drawing, lanes[0], run, scale);
  for (const lane of of("locks")) drawLocks(drawing, lane);
  for (const lane of of("count")) drawCount(drawing, lane);
  const rest = writeFindings(drawing, [...of("count"), ...of("locks")], homeless, findingWords);
  writeFindings(drawing, lanes, rest, findingNames);
  const says = [...lanes.map((lane) => saysLane(drawing, lane, vcpus)), ...(vcpus?.saysVcpus(hidden) ?? [])];
  const broken = saysFindings(play);
  return {
    ...{ top, height, lanes, marks: inkMarks(drawing.ink), words: drawing.words },
    says: broken === null ? says : [...says, broken],
  };
}

function writeWaits(drawing: Drawing, lane: Lane | undefined, run: TimelineRun, scale: TimeScale): void {
  if (lane === undefined) return;
  for (const [k, { first, last }] of run.operations.entries()) {
    const [begin = 0, end = 0] = [scale.begins[k], scale.begins[k + 1]];
    const own = last - first + 1;
    if (own < end - begin) writeDone(drawing, lane, own, [scale.xOf(begin + own), scale.xOf(end)]);
  }
}

function saysLane(
  { play, kinds, spans }: Drawing,
  { kind, task, vm, vcpu }: Lane,
  vcpus: VcpuLanes | null,
): string {
  switch (kind) {
    case "vcpu": {
      const steps = task < 0 ? [] : [saysTask(play, task, kinds, spans)];
      const own = vcpus?.vcpuTraces(play).find((trace) => trace.vcpu === vcpu);
      return [...steps, ...(vcpus && own ? [vcpus.saysVcpu(own)] : [])].join(" ");
    }
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
