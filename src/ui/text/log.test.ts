// SPDX-License-Identifier: GPL-2.0-only
// The log as it is read. Four logs are reviewed text: who changes a sentence sees it here in its place, reads the
// whole, and accepts it with `npx vitest run src/ui/text -u`.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  BUILT_INS,
  documentOf,
  type BuiltIn,
  parseDocument,
  play,
  type Scenario,
  VARIANTS,
} from "../../engine/index.ts";
import { sentence } from "./sentence.ts";

const scenarioOf = (entry: BuiltIn) => {
  const read = (path: string) => readFileSync(new URL(`../../../public/${path}`, import.meta.url), "utf8");
  const parsed = parseDocument(documentOf(entry, read));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
};

it.each([
  ["t-a-12", "v10"],
  ["t-a-12", "review"],
  ["t-b1", "v10"],
  ["t-b1", "review"],
] as const)("the log of %s under %s reads as it was reviewed", async (name, variant) => {
  const entry = BUILT_INS.find((known) => known.name === name);
  if (entry === undefined) throw new Error("no such built-in");
  const shown = play(scenarioOf(entry), variant);
  const lines = shown.recording.steps.flatMap((step, k) =>
    step.events.map((event) => `${k + 1} ${sentence(event, step, shown)}\n`),
  );
  await expect(lines.join("")).toMatchFileSnapshot(`./logs/${name}.${variant}.txt`);
});

describe.each(BUILT_INS.filter((entry) => !("capture" in entry)))("$name", (entry) => {
  // Parsed once for all designs.
  let parsed: Scenario | null = null;
  it.each(VARIANTS)(
    "under %s each event has a sentence: its task or its vCPU first, one full stop last",
    (variant) => {
      parsed ??= scenarioOf(entry);
      const shown = play(parsed, variant);
      const tasks = [...shown.scenario.tasks.keys()];
      const bad: string[] = [];
      for (const step of shown.recording.steps)
        for (const event of step.events) {
          const text = sentence(event, step, shown);
          // What a vCPU does is told of it by name, whichever task it belongs to.
          const subjects = [tasks[step.task], "vcpu" in event ? event.vcpu : tasks[step.task]];
          const wellFormed = subjects.some((who) => text.startsWith(`${who} `)) && /[^.]\.$/.test(text);
          if (!wellFormed || /undefined|null|NaN|Infinity|\[object|\d,\s*\)| {2}|\.\./.test(text))
            bad.push(`${event.type}: ${text}`);
        }
      expect(bad).toEqual([]);
    },
  );
});
