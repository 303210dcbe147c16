// SPDX-License-Identifier: GPL-2.0-only
// Where an invariant was found broken: a line through all lanes of the design, with the step and the names.

import { numberText } from "../text/number.ts";
import { type Drawing, keepClear, type Lane, write } from "./timelineLane.ts";
import { draw } from "./timelineMark.ts";
import { BIN_PX, diamond } from "./timelineShapes.ts";
import type { FindingStep } from "./timelineSteps.ts";
import { isBinned } from "./timelineTask.ts";

/** On either side of a line, in pixels, there are no words. */
const CLEAR = 3;

/**
 * One line a place of four pixels, through all `lanes`. Where steps are drawn one by one it has a head; several have a
 * mark that is one.
 */
export function drawFindings(drawing: Drawing, lanes: readonly Lane[], top: number, height: number): void {
  const { play, xOf, ink } = drawing;
  const places = new Set<number>();
  for (const { step } of play.findings) {
    const x = xOf(step);
    const place = Math.floor(x / BIN_PX);
    if (places.has(place)) continue;
    places.add(place);
    draw(ink, "finding", `M${x} ${top}v${height}`);
    for (const lane of lanes) keepClear(lane, x - CLEAR, x + CLEAR);
    if (!isBinned(drawing)) draw(ink, "findingHead", diamond(x, top));
  }
}

/** Findings so close to each other, in pixels, that one label stands for them. */
const TOGETHER = 40;

/** Neighbours that share a label, from left to right. Of more than `most` only the first is labelled. */
export function findingLabels(
  { xOf }: Drawing,
  found: readonly FindingStep[],
  most: number,
): readonly (readonly FindingStep[])[] {
  const labels: FindingStep[][] = [];
  for (const finding of found.length > most ? found.slice(0, 1) : found) {
    const before = labels.at(-1)?.at(-1);
    if (before !== undefined && xOf(finding.step) - xOf(before.step) < TOGETHER) labels.at(-1)?.push(finding);
    else labels.push([finding]);
  }
  return labels;
}

/** Writes each of `labels` in the first of `lanes` that has room for it; returns those that found none. */
export function writeFindings(
  drawing: Drawing,
  lanes: readonly Lane[],
  labels: readonly (readonly FindingStep[])[],
  wordings: (label: readonly FindingStep[]) => readonly string[],
): readonly (readonly FindingStep[])[] {
  return labels.filter((label) => {
    const xs = label.map(({ step }) => drawing.xOf(step));
    const span = [Math.min(...xs), Math.max(...xs)] as const;
    return !lanes.some((lane) => write(drawing, lane, "violationText", span, wordings(label)));
  });
}

/** `step 21: I3, I4`, `steps 29, 30: I2, I4, I1`. */
export function findingWords(label: readonly FindingStep[]): string[] {
  const steps = label.map(({ step }) => numberText(step)).join(", ");
  return [`${label.length > 1 ? "steps" : "step"} ${steps}: ${findingNames(label)}`];
}

/** `I3, I4`: what is left where there is little room. */
export const findingNames = (label: readonly FindingStep[]): string[] => [
  [...new Set(label.flatMap(({ names }) => names))].join(", "),
];
