// SPDX-License-Identifier: GPL-2.0-only
// A part of a long recording as a scenario of its own: what went before becomes its set-up.
//
// Exact where the pages of a hole are assumed (machine/assumeTouched.ts): a punch then costs what it costs whatever was
// punched before, so earlier punches are there for their holes alone, joined where they meet. Slots are made and
// deleted as they were, in their order: what a design refuses hangs on it. Left out are the brackets that went before,
// so that sequence numbers begin anew.

import type { OperationDocument, ScenarioDocument } from "../scenarios/document.ts";

/** The one task of a recording, and what it does. */
export const taskOf = (document: ScenarioDocument): [name: string, operations: OperationDocument[]] =>
  Object.entries(document.tasks)[0] ?? ["VMM", []];

/** Operations [from, to) of `document`'s one task, after the set-up that leads there. */
export function windowOf(document: ScenarioDocument, from: number, to: number): ScenarioDocument {
  const [task, operations] = taskOf(document);
  const { expect: _, ...rest } = document;
  const before: OperationDocument[] = [];
  const holes = new Map<string, [start: number, end: number][]>();
  for (let k = 0; k < from; k++) {
    const operation = operations[k] as OperationDocument;
    if (operation.op !== "punch" || document.assumed === undefined) before.push(untimed(operation));
    else if (operation.start !== undefined && operation.end !== undefined)
      holesOf(holes, operation.file).push([operation.start, operation.end]);
  }
  for (const [file, ranges] of holes)
    for (const [start, end] of joined(ranges)) before.push({ op: "punch", file, start, end });
  const setup = [...(document.setup ?? []), ...before];
  return { ...rest, setup, tasks: { [task]: operations.slice(from, to) } };
}

function untimed({ time: _, ...operation }: OperationDocument): OperationDocument {
  return operation as OperationDocument;
}

function holesOf(holes: Map<string, [number, number][]>, file: string): [number, number][] {
  const known = holes.get(file);
  if (known !== undefined) return known;
  const made: [number, number][] = [];
  holes.set(file, made);
  return made;
}

/** The same pages as runs that ascend and do not meet. Takes `ranges` over. */
function joined(ranges: [start: number, end: number][]): [start: number, end: number][] {
  const runs: [start: number, end: number][] = [];
  for (const range of ranges.sort((a, b) => a[0] - b[0])) {
    const newest = runs[runs.length - 1];
    if (newest !== undefined && range[0] <= newest[1]) newest[1] = Math.max(newest[1], range[1]);
    else runs.push([range[0], range[1]]);
  }
  return runs;
}
