// SPDX-License-Identifier: GPL-2.0-only
// A viewer's own holes in a scenario: where they go in its tasks.

import type { OperationDocument, ScenarioDocument } from "./document.ts";

/** A hole of file pages [start, end), 0 <= start < end, that somebody asks for on top of a scenario. */
export interface AddedPunch {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Whether all that `document`'s tasks do is one punch: another one then takes its place. */
export function isSinglePunch({ tasks }: Pick<ScenarioDocument, "tasks">): boolean {
  const [operations, ...others] = Object.values(tasks);
  return others.length === 0 && operations?.length === 1 && operations[0]?.op === "punch";
}

/**
 * `document` with `punches`, in their order. A single punch is replaced by the last of them. Else they come after
 * the last operation of the one task; with several tasks, in a task of their own that stands last in the order in
 * which the scheduler looks for one that can run, and that no choice names: it runs when the others have ended.
 */
export function withPunches(document: ScenarioDocument, punches: readonly AddedPunch[]): ScenarioDocument {
  const last = punches.at(-1);
  if (last === undefined) return document;
  const added = punches.map((punch): OperationDocument => ({ op: "punch", ...punch }));
  const names = Object.keys(document.tasks);
  const [only = "P"] = names;
  if (isSinglePunch(document)) {
    const { expect: _, ...rest } = document;
    return { ...rest, tasks: { [only]: added.slice(-1) } };
  }
  const task = names.length > 1 ? freshName(names) : only;
  const tasks = { ...document.tasks, [task]: [...(document.tasks[task] ?? []), ...added] };
  return { ...document, tasks, ...declaredFindings(document) };
}

/** `P2`, or the next number after it that no task has. */
function freshName(names: readonly string[]): string {
  let number = 2;
  while (names.includes(`P${number}`)) number++;
  return `P${number}`;
}

/** What the scenario declares to break it still breaks, and for its own reasons; its counts are others now. */
function declaredFindings({ expect }: ScenarioDocument): Pick<ScenarioDocument, "expect"> {
  if (expect === undefined) return {};
  return {
    expect: Object.fromEntries(
      Object.entries(expect).map(([variant, { findings }]) => [
        variant,
        findings === undefined ? {} : { findings },
      ]),
    ),
  };
}
