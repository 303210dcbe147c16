// SPDX-License-Identifier: GPL-2.0-only
import { isPageAligned, type Operation, pgoffOf } from "../../../engine/index.ts";
import type { Frame } from "../../scene/frame.ts";
import type { PageRange } from "../../text/pageRange.ts";

/**
 * The pages of `file` that the shown operation punches, whatever step it is at; with several tasks, those that the
 * scenario punches last. Null where it punches none, or no whole pages.
 */
export function shownPunch({ play, operation }: Frame, file: string): PageRange | null {
  const tasks = [...play.scenario.tasks.values()];
  const shown = tasks.length === 1 ? (tasks[0] ?? []).slice(operation, operation + 1) : tasks.flat();
  const punch = shown.findLast((own) => isPunchOf(own, file));
  if (punch === undefined || !("mode" in punch)) return null;
  const { offset, len } = punch;
  if (offset < 0n || len <= 0n || !isPageAligned(offset) || !isPageAligned(len)) return null;
  return { start: pgoffOf(offset), end: pgoffOf(offset + len) };
}

const isPunchOf = (operation: Operation, file: string) => operation.op === "punch" && operation.file === file;
