// SPDX-License-Identifier: GPL-2.0-only
// For tests: frames as the page makes them, from a scenario's name, an operation, and a step on the shared clock.

import {
  builtIn,
  goTo,
  type LabEvent,
  operationSteps,
  type Play,
  parseDocument,
  play,
  type Scenario,
} from "../../engine/index.ts";
import type { Frame } from "./frame.ts";

/** The built-in scenario `name`; it must be one that is written in code. */
export function scenarioNamed(name: string): Scenario {
  const known = builtIn(name);
  if (known === null || !("document" in known))
    throw new Error(`no built-in ${name} that is written in code`);
  return scenarioFrom(known.document());
}

/** The scenario that `document` describes. Throws where it describes none. */
export function scenarioFrom(document: unknown): Scenario {
  const parsed = parseDocument(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
}

const playsOf = new WeakMap<Scenario, readonly Play[]>();

/**
 * Both designs of `scenario` after `step` steps of operation `operation`; a design that is done earlier waits.
 * `until` instead of a number: the step of the first design that tells such an event, counted from its own start.
 */
export function framesOf(
  scenario: Scenario,
  operation: number,
  step: number | ((event: LabEvent) => boolean),
): readonly [Frame, Frame] {
  const plays = playsOf.get(scenario) ?? scenario.show.map((variant) => play(scenario, variant));
  playsOf.set(scenario, plays);
  const frames = plays.map((own): Frame => {
    const operations = operationSteps(own);
    const { first, last } = operations[operation] ?? { first: 1, last: 0 };
    const taken =
      typeof step === "number"
        ? step
        : own.recording.steps.slice(first - 1, last).findIndex(({ events }) => events.some(step)) + 1;
    const at = Math.min(first - 1 + taken, last);
    const { world } = goTo(own.recording, at);
    const waiting = taken > last - first + 1;
    return { play: own, operations, operation, step: at, from: null, waiting, world };
  });
  return [frames[0]!, frames[1]!];
}
