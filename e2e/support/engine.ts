// SPDX-License-Identifier: GPL-2.0-only
// The same scenarios played here in Node, so that a page test knows what the page must show without asking it.
import { readFileSync } from "node:fs";
import { builtIn, documentOf, parseDocument, type Play, play } from "../../src/engine/index.ts";

/** The plays of a built-in under the two designs that it opens with, upper one first. */
export function playsOf(name: string): readonly [Play, Play] {
  const known = builtIn(name);
  if (known === null) throw new Error(`no scenario ${name}`);
  const read = (path: string) => readFileSync(new URL(`../../public/${path}`, import.meta.url), "utf8");
  const parsed = parseDocument(documentOf(known, read));
  if (!parsed.ok) throw new Error(`${name} does not parse`);
  const { scenario } = parsed;
  return [play(scenario, scenario.show[0]), play(scenario, scenario.show[1])];
}

/** The number of the step in which `play` last told an event that `fits`, counting from 1. */
export const lastStepWith = ({ recording }: Play, fits: (event: { type: string }) => boolean): number =>
  recording.steps.findLastIndex(({ events }) => events.some(fits)) + 1;
