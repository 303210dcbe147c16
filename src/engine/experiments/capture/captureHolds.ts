// SPDX-License-Identifier: GPL-2.0-only
// What holds of every import, whatever the log and the map were. Used by tests only.

import * as v from "valibot";
import { assert } from "../../assert.ts";
import { documentSchema } from "../scenarios/document.ts";
import { printDocument } from "../scenarios/printDocument.ts";
import type { MemoryMap } from "./mtree.ts";
import { readStrace } from "./readStrace.ts";

/** Throws where something does not hold. Returns the counts, so that a test can also show that it has been somewhere. */
export function holds(text: string, map: MemoryMap | null = null) {
  const { summary, problems, blocks, mapProblem, document: made } = readStrace(text, map);
  const { lines, used, notOurs, failed, unread, punches, slotsFromMap } = summary;
  assert(
    used + notOurs + failed + unread === lines,
    `${used} + ${notOurs} + ${failed} + ${unread} is not ${lines}`,
  );
  assert(lines === linesIn(text), `${lines} lines counted, the text has ${linesIn(text)}`);
  assert(problems.length === Math.min(5, unread), `${problems.length} problems told, ${unread} lines unread`);
  const issues = v.safeParse(documentSchema, made).issues;
  assert(issues === undefined, `the document does not fit its format: ${issues?.[0]?.message}`);
  const again = JSON.stringify(JSON.parse(printDocument(made)));
  assert(again === JSON.stringify(made), `printed and parsed, the document is another one: ${again}`);
  assert(
    (made.assumed === undefined) === (punches === 0),
    `${punches} punches, and assumed is ${made.assumed}`,
  );

  const setup = made.setup ?? [];
  assert(
    slotsFromMap === (map === null ? null : setup.length),
    `${slotsFromMap} slots told, ${setup.length} set up`,
  );
  assert(mapProblem === null || setup.length === 0, `a refused map gave ${setup.length} slots`);
  const slots = [...setup, ...(made.tasks.VMM ?? [])].filter((operation) => operation.op === "createSlot");
  const backed = slots.filter((slot) => slot.file !== undefined);
  for (const { file } of backed)
    assert(Object.hasOwn(made.files, file ?? ""), `a slot lies in ${file}, which is no file`);
  for (const { vm } of slots) assert(Object.hasOwn(made.vms, vm), `a slot belongs to ${vm}, which is no VM`);
  const taken = blocks.flatMap(({ file }) => (file === null ? [] : [file]));
  assert(new Set(taken).size === taken.length, `two blocks are one file: ${taken}`);
  return { ...summary, backed: backed.length };
}

function linesIn(text: string): number {
  if (text === "") return 0;
  let feeds = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) feeds++;
  return text.endsWith("\n") ? feeds : feeds + 1;
}
