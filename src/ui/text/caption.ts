// SPDX-License-Identifier: GPL-2.0-only
// What a panel says of the step that was taken last: the two most telling sentences at most, in the order in which
// they came about.

import {
  type LabEvent,
  type LabEventType,
  type OperationSteps,
  type Play,
  trapOf,
} from "../../engine/index.ts";
import { findingText, putOffText, stuckText } from "./finding.ts";
import type { LabStep } from "./names.ts";
import { countText, listText, numberText } from "./number.ts";
import { numberedIn } from "./numbered.ts";
import { describeOperation } from "./operation.ts";
import { sentence } from "./sentence.ts";
import { trapById } from "./traps.ts";

/** What a caption reads of a frame: which step of which operation, on the clock that both designs share. */
interface Shown {
  readonly play: Play;
  readonly operations: readonly OperationSteps[];
  readonly operation: number;
  readonly step: number;
  readonly waiting: boolean;
}

const captionOf = new WeakMap<Shown, string>();

/** The caption of `frame`'s panel, and what is read out when the step changes. Made once a frame. */
export function caption(frame: Shown): string {
  const text = captionOf.get(frame) ?? captionNow(frame);
  captionOf.set(frame, text);
  return text;
}

function captionNow(frame: Shown): string {
  const { play, operations, operation } = frame;
  const { first, last } = operations[operation] ?? { first: 1, last: 0 };
  const taken = frame.step - first + 1;
  if (frame.waiting) return [`${done(taken)}; waits for the other design.`, ...outcome(frame)].join(" ");
  const of = `${taken < 1 ? "Before step 1" : `Step ${numberText(taken)}`} of ${numberText(last - first + 1)}`;
  const { at, count } = numberedIn(play.scenario, operation, operations.length);
  const where = count > 1 ? `Operation ${numberText(at)} of ${numberText(count)}. ${of}` : of;
  return [`${where}.`, ...(taken < 1 ? [nextText(frame)] : told(frame))].join(" ");
}

const done = (taken: number) => (taken < 1 ? "Nothing to do" : `Done after ${countText(taken, "step")}`);

/** What is about to begin: the operation, or with several tasks the first of each. */
function nextText({ play, operation }: Shown): string {
  const tasks = [...play.scenario.tasks.values()];
  const next = tasks.flatMap((operations) => operations[tasks.length > 1 ? 0 : operation] ?? []);
  return `Next: ${next.map((each) => describeOperation(each, play)).join("; ")}.`;
}

/** A second sentence of a step that went well has to fit on the line: so many characters for both. */
const LINE = 125;

/** What went wrong at the step, then what it did, then which choice had to wait. */
function told(frame: Shown): string[] {
  const { play, step } = frame;
  const [telling, next] = tellingEvents(frame);
  const text = (event: LabEvent | undefined) => textOf(frame, event);
  const [first, second] = [text(telling), text(next)];
  const putOff = play.recording.putOffs.find((each) => each.step === step);
  const wrong = wrongText(frame);
  if (wrong !== null) return why(frame) === null ? [wrong, first] : [wrong];
  if (putOff !== undefined) return [first, putOffText(putOff, play)];
  if (second === "" || first.length + second.length >= LINE) return [first];
  const { events } = play.recording.steps[step - 1] as LabStep;
  return events.indexOf(telling as LabEvent) < events.indexOf(next as LabEvent)
    ? [first, second]
    : [second, first];
}

/** The findings of the step as one: the first whole, the others by name. Or that nothing will ever go on. */
function wrongText({ play, step }: Shown): string | null {
  const [first, ...others] = play.findings.filter((finding) => finding.step === step);
  if (first === undefined) return step === play.recording.steps.length ? stuckText(play) : null;
  const names = [...new Set(others.map(({ invariant }) => invariant))].filter(
    (name) => name !== first.invariant,
  );
  const also = names.length === 0 ? "" : ` So ${names.length === 1 ? "is" : "are"} ${listText(names)}.`;
  return `${findingText(first, play)}${also}`;
}

/** Why an invariant broke at the shown step: the trap that the scenario names for it, or null. */
export function why({ play, step }: Pick<Shown, "play" | "step">): string | null {
  const traps = play.findings
    .filter((finding) => finding.step === step)
    .flatMap(({ invariant }) => trapOf(play, invariant) ?? []);
  return traps[0] === undefined ? null : (trapById(traps[0])?.text ?? null);
}

/** Whether an invariant was found broken at the step that `frame` shows. */
export const breaks = ({ play, step }: Pick<Shown, "play" | "step">): boolean =>
  play.findings.some((finding) => finding.step === step);

/** The sentences of the last step, the most telling one first. */
export const eventTexts = (shown: Pick<Shown, "play" | "step">): string[] =>
  tellingEvents(shown).map((event) => textOf(shown, event));

/** The events of the last step that are worth a sentence, the most telling one first. */
function tellingEvents({ play, step }: Pick<Shown, "play" | "step">): LabEvent[] {
  const events = [...(play.recording.steps[step - 1]?.events ?? [])].sort((a, b) => rankOf(a) - rankOf(b));
  const loud = events.filter((event) => rankOf(event) < QUIET);
  return loud.length > 0 ? loud : events;
}

/** What `event` of the last step says; nothing where there is none. */
function textOf({ play, step }: Pick<Shown, "play" | "step">, event: LabEvent | undefined): string {
  const record = play.recording.steps[step - 1];
  return record === undefined || event === undefined ? "" : sentence(event, record, play);
}

/** Why the operation that is over has failed, where it has. */
function outcome({ play, operations, operation, step }: Shown): string[] {
  const { first } = operations[operation] ?? { first: 1 };
  const failed = play.recording.steps
    .slice(first - 1, step)
    .flatMap((record) => record.events.filter(hasFailed).map((event) => ({ record, event })))
    .sort((a, b) => rankOf(a.event) - rankOf(b.event))[0];
  return failed === undefined ? [] : [sentence(failed.event, failed.record, play)];
}

const hasFailed = (event: LabEvent) =>
  event.type === "bind.refused" ||
  event.type === "operation.absent" ||
  (event.type === "operation.returned" && event.errno !== null);

/** From this rank on an event is not worth a caption unless its step told nothing else. */
const QUIET = 90;

const RANK: Record<LabEventType, number> = {
  "shmem.punched": 1,
  "file.released": 1,
  "bind.refused": 2,
  "operation.absent": 3,
  "guest.refused": 4,
  "notifier.start": 5,
  "notifier.end": 5,
  "guest.read": 5,
  "guest.wrote": 5,
  "host.stopped": 1,
  "vm.bugged": 1,
  "spte.installed": 5,
  "fault.retried": 4,
  "page.refused": 4,
  "page.got": 5,
  "fault.spurious": 6,
  "fault.begun": 7,
  "vcpu.exited": 7,
  "tlb.requested": 8,
  "vcpu.entered": 9,
  "page.put": 9,
  "guest.walked": 10,
  "spte.zapped": 6,
  "bracket.begun": 7,
  "bracket.ended": 7,
  "signal.sent": 4,
  "file.created": 5,
  "size.set": 5,
  "size.refused": 5,
  "stat.answered": 5,
  "create.stepped": 7,
  "syscall.entered": 8,
  "fallocate.entered": 8,
  "region.entered": 8,
  "unmap.entered": 8,
  "poison.entered": 8,
  "inodes.searched": 8,
  "bind.entered": 8,
  "unbind.entered": 8,
  "notifier.bound": 9,
  "notifier.unbound": 9,
  "notifier.registered": 9,
  "notifier.unregistered": 9,
  "slot.visible": 10,
  "slot.invisible": 10,
  "slot.freed": 10,
  "guest.mapped": 11,
  "pages.assumed": 11,
  "shmem.allocated": 11,
  "tlb.flushed": 12,
  "grace.elapsed": 13,
  "lock.waited": 14,
  "walk.ended": 15,
  "walk.begun": 16,
  "xarray.read": 17,
  "lock.taken": 18,
  "lock.released": 18,
  "operation.returned": 19,
  "punch.begun": QUIET,
  "list.read": QUIET,
  "srcu.entered": QUIET,
  "srcu.left": QUIET,
};

/** What failed outranks what went well, and rm->lock every other lock: between its holds the designs differ. */
function rankOf(event: LabEvent): number {
  if (event.type === "operation.returned" && event.errno !== null) return RANK["operation.absent"];
  return "lock" in event && event.lock.endsWith("/rm->lock") ? RANK["walk.ended"] - 0.5 : RANK[event.type];
}
