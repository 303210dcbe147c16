// SPDX-License-Identifier: GPL-2.0-only
// What can be pointed at in the timeline: events, holds of a file's lock, and a count that is not 0. In a vCPU's lane it
// is what began the stretch that is pointed at, where no event is nearer.

import type { LabEvent, Play } from "../../engine/index.ts";
import { objectName } from "./object.ts";
import { spansIn } from "./objectFact.ts";
import { knownObject } from "./objectKnown.ts";
import type { Lit } from "./objects.ts";
import type { Lane } from "./timelineLane.ts";
import { INNER, RM } from "./timelineLocks.ts";
import type { Span } from "./timelineSpans.ts";
import { STEP_KINDS, stepKind } from "./timelineSteps.ts";
import { vcpuTraces } from "./timelineVcpuTrace.ts";

/** The lanes of one design, and where the end of a step of its run lies in pixels. */
export interface TimelineLanes {
  readonly play: Play;
  readonly lanes: readonly Lane[];
  xOf(step: number): number;
}

/** An event is meant from so many pixels away; where steps are drawn as one, the rarest of those this near. */
const [NEAR, SAME] = [12, 3] as const;

/** Half the height and width of what stands for a step. */
const HALF = 6;

/** The name of the object at `x`, `y`, or null where there is none. */
export function timelineHit(design: TimelineLanes, x: number, y: number): string | null {
  const lane = design.lanes.find(({ top, height }) => y >= top && y < top + height);
  if (lane === undefined) return null;
  if (lane.kind === "task") return eventAt(design, lane, x);
  if (lane.kind === "vcpu") return eventAt(design, lane, x) ?? stretchAt(design, lane, x);
  const { holds, inner, brackets, gaps } = spansIn(design.play);
  const isHere = ({ from, to }: Span) => design.xOf(from) - 3 <= x && x <= design.xOf(to) + 3;
  if (lane.kind === "count")
    return brackets.some((bracket) => bracket.vm === lane.vm && isHere(bracket))
      ? objectName({ kind: "count", vm: lane.vm })
      : null;
  const own = <S extends Span & { task: number }>(spans: readonly S[]) =>
    spans.filter(({ task }) => task === lane.task);
  const upper = own(holds).find(isHere) ?? (own(gaps).some(isHere) ? own(holds)[0] : undefined);
  const lower = own(inner).find(isHere);
  const hold = y - lane.top > (RM + INNER) / 2 ? (lower ?? upper) : (upper ?? lower);
  return hold === undefined ? null : objectName({ kind: "lock", lock: hold.lock });
}

function eventAt({ play, xOf }: TimelineLanes, lane: Lane, x: number): string | null {
  const { steps } = play.recording;
  const broken = new Set(play.findings.map(({ step }) => step));
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let step = firstFrom(steps.length, (k) => xOf(k) >= x - NEAR); step <= steps.length; step++) {
    const far = Math.abs(xOf(step) - x);
    if (xOf(step) > x + NEAR) break;
    const record = steps[step - 1];
    if (record === undefined || (record.task !== lane.task && !isOf(record.events, lane.vcpu))) continue;
    const rank = broken.has(step) ? -1 : STEP_KINDS.indexOf(stepKind(record.events));
    // What is drawn as one mark is told by the one that the mark stands for.
    const cost = far <= SAME && rank <= RARE ? rank - RARE - 1 : far;
    if (cost < least) [best, least] = [step, cost];
  }
  return best === 0 ? null : objectName({ kind: "event", variant: play.variant, step: best });
}

/** Whether `events` tell of `vcpu`, which is none where it is empty. */
const isOf = (events: readonly LabEvent[], vcpu: string): boolean =>
  vcpu !== "" &&
  events.some((event) =>
    event.type === "tlb.requested" ? event.vcpus.includes(vcpu) : "vcpu" in event && event.vcpu === vcpu,
  );

/** The event that the state of the lane's vCPU at `x` began with. */
function stretchAt({ play, xOf }: TimelineLanes, { vcpu }: Lane, x: number): string | null {
  const trace = vcpuTraces(play).find((own) => own.vcpu === vcpu);
  const stay = trace?.stays.find(({ from, to }) => xOf(from) <= x && x < xOf(to));
  return stay === undefined || stay.from === 0
    ? null
    : objectName({ kind: "event", variant: play.variant, step: stay.from });
}

/** Kinds up to this one have a mark that none of the plainer ones hides. */
const RARE = STEP_KINDS.indexOf("needed");

/** The first of 1 to `count` that `fits`, where all behind it do; `count + 1` where none does. */
function firstFrom(count: number, fits: (k: number) => boolean): number {
  let [low, high] = [1, count + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where the object called `name` shows in the lanes of one design: of a memslot its calls. */
export function timelineLit({ play, lanes, xOf }: TimelineLanes, name: string): readonly Lit[] {
  const object = knownObject(play, name);
  const lane = (kind: Lane["kind"], fits: (lane: Lane) => boolean) =>
    lanes.find((own) => own.kind === kind && fits(own));
  const atStep = (step: number): Lit[] => {
    const { task = -1, events = [] } = play.recording.steps[step - 1] ?? {};
    const own = lanes.filter(
      (each) =>
        (each.kind === "task" && each.task === task) ||
        (each.kind === "vcpu" && (each.task === task || isOf(events, each.vcpu))),
    );
    return own.map(({ kind, top, height }) => {
      const half = kind === "vcpu" ? height / 2 : HALF;
      return {
        ...{ x: xOf(step) - HALF, y: top + height / 2 - half, width: 2 * HALF, height: 2 * half },
        how: "is",
      };
    });
  };
  const along = ({ from, to }: Span, y: number, half: number): Lit => {
    const [x, right] = [xOf(from), xOf(to)];
    return { x, y: y - half, width: Math.max(right - x, 2), height: 2 * half, how: "is" };
  };
  const { holds, inner, brackets } = spansIn(play);
  switch (object?.kind) {
    case "event":
      return object.variant === play.variant ? atStep(object.step) : [];
    case "slot":
      return callsOf(play, object.memslot).flatMap(atStep);
    case "lock":
      return [...holds, ...inner].flatMap((hold) => {
        const own = hold.lock === object.lock ? lane("locks", ({ task }) => task === hold.task) : undefined;
        if (own === undefined) return [];
        return [holds.includes(hold) ? along(hold, own.top + RM, 5) : along(hold, own.top + INNER, 4)];
      });
    case "count": {
      const own = lane("count", ({ vm }) => vm === object.vm);
      const its = brackets.filter(({ vm }) => vm === object.vm);
      return own === undefined ? [] : its.map((each) => along(each, own.top + own.height / 2, 6));
    }
    default:
      return [];
  }
}

/** More calls of one memslot than this are not framed one by one. */
const CALLS_MAX = 64;

const callsOf = ({ recording }: Play, memslot: string): number[] =>
  recording.steps
    .flatMap(({ events }, k) =>
      events.some(
        (event) =>
          (event.type === "notifier.start" || event.type === "notifier.end") && event.memslot === memslot,
      )
        ? [k + 1]
        : [],
    )
    .slice(0, CALLS_MAX);
