// SPDX-License-Identifier: GPL-2.0-only
// From a built-in to its document, also where it is a recording that has to be read first.

import { present } from "../../assert.ts";
import type { BuiltIn } from "../scenarios/catalogue.ts";
import { readMtree } from "./mtree.ts";
import { readStrace } from "./readStrace.ts";

/**
 * The document of `entry`, not checked yet. `read` gets the text of a file, unpacked, by its path from `public`.
 *
 * Throws what `read` throws, and where a file is not what it was when the project was built.
 */
export function documentOf(entry: BuiltIn, read: (path: string) => string): unknown {
  if ("document" in entry) return entry.document();
  if ("file" in entry) return JSON.parse(read(`scenarios/${entry.file}`));
  const { log, map } = entry.capture;
  const laid = readMtree(read(map));
  return entry.capture.document(readStrace(read(log), present(laid.ok ? laid.map : null, map)).document);
}
