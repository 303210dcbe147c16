// SPDX-License-Identifier: GPL-2.0-only
// A recorded machine's 8,632 punches over its own memslots and over more of them, under every design.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  billing,
  builtIn,
  cutBilling,
  documentOf,
  drain,
  type ScenarioDocument,
  scenarioOf,
  VARIANTS,
} from "../src/engine/index.ts";

/** Milliseconds for all totals together; the log has been read before. */
export function replayTime(): number {
  const known = builtIn("q35-balloon");
  if (known === null) throw new Error("q35-balloon is not built in");
  const document = documentOf(known, (path) => {
    const file = readFileSync(`public/${path}`);
    return (path.endsWith(".gz") ? gunzipSync(file) : file).toString("utf8");
  });
  const scenario = scenarioOf(document as ScenarioDocument);
  const began = performance.now();
  for (const variant of VARIANTS) {
    drain(billing(scenario, variant, Number.MAX_SAFE_INTEGER));
    for (const slots of [512, 4_096, 32_764]) drain(cutBilling(scenario, variant, slots));
  }
  return performance.now() - began;
}
