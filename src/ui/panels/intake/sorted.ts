// SPDX-License-Identifier: GPL-2.0-only
// Which of the files that somebody dropped is the log, and which the memory map.

import type { Source } from "../../worker/protocol.ts";
import { piecesOf } from "../../worker/unpack.ts";

export interface Sorted {
  /** A log, or a scenario; null where there is only a map. */
  readonly log: Source | null;
  readonly map: Source | null;
}

/** So much of a file tells what it is. */
const HEAD = 8_192;

/** Sorts `files` by what stands at their beginnings. A string says what is wrong with them. */
export async function sorted(files: readonly File[]): Promise<Sorted | string> {
  let log: Source | null = null;
  let map: Source | null = null;
  for (const file of files) {
    const source = { name: file.name, blob: file };
    if (await isMap(file)) {
      if (map !== null) return `${map.name} and ${file.name} are both memory maps. Drop one log and one map.`;
      map = source;
    } else {
      if (log !== null)
        return `${log.name} and ${file.name} are both taken for logs. Drop one log at a time, and its memory map with it.`;
      log = source;
    }
  }
  return { log, map };
}

async function isMap(file: File): Promise<boolean> {
  let head = "";
  try {
    for await (const { text } of piecesOf(file, file.name)) {
      head += text;
      if (head.length >= HEAD) break;
    }
  } catch {
    // Whoever reads it says what is wrong with it.
  }
  return head.slice(0, HEAD).includes("FlatView #");
}
