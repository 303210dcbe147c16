// SPDX-License-Identifier: GPL-2.0-only
// Which source lines stand for what a design did last: the calls that were open in the step, innermost last.

import type { CodeSources, Place, SourceLine } from "./codeSources.ts";
import { type Frame, shownSteps } from "./frame.ts";

/** A line of the stack: an open call, or the gate that the step was taken at. */
export interface OpenCall {
  readonly label: string;
  /** Null where no single line of the sources holds the label. */
  readonly place: Place | null;
}

/**
 * What a code pane shows. `before`: the operation has taken no step yet. `idle`: the design has none to take in it.
 * `waiting`: the last one was taken, while the other design goes on.
 */
export interface CodeScene {
  readonly state: "before" | "idle" | "running" | "waiting";
  /** Whose step it was; null where the scenario has one task only. */
  readonly task: string | null;
  /** Of the last step in this operation, innermost last; empty where there was none. */
  readonly calls: readonly OpenCall[];
}

export function codeScene(frame: Frame, sources: CodeSources): CodeScene {
  const { play, step, waiting } = frame;
  const { first, end } = shownSteps(frame);
  const record = end > first ? play.recording.steps[step - 1] : undefined;
  if (record === undefined) return { state: waiting ? "idle" : "before", task: null, calls: [] };
  const tasks = [...play.scenario.tasks.keys()];
  return {
    state: waiting ? "waiting" : "running",
    task: tasks.length > 1 ? (tasks[record.task] ?? null) : null,
    calls: record.at.map((label) => ({ label, place: sources.placeOf(label) })),
  };
}

/** Lines around one: so many before it and after it, comments and blank lines passed over. */
export interface Excerpt {
  readonly before: readonly SourceLine[];
  readonly line: SourceLine | null;
  readonly after: readonly SourceLine[];
  /** Blanks that all of them begin with. */
  readonly indent: number;
}

/** `place` with the code around it; the lines keep their text and their numbers, which may have gaps. */
export function excerptOf(sources: CodeSources, place: Place, before: number, after: number): Excerpt {
  const lines = sources.linesOf(place.path);
  const said = (part: readonly SourceLine[]) => part.filter(({ silent }) => !silent);
  const above = said(lines.slice(0, place.line - 1)).slice(-before);
  const below = said(lines.slice(place.line)).slice(0, after);
  const line = lines[place.line - 1] ?? null;
  const shown = line === null ? [] : [...above, line, ...below];
  return { before: above, line, after: below, indent: Math.min(...shown.map(indentOf), INDENT_MAX) };
}

const INDENT_MAX = 40;

const indentOf = ({ tokens }: SourceLine): number => /^ */.exec(tokens[0]?.text ?? "")?.[0].length ?? 0;
