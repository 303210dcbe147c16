// SPDX-License-Identifier: GPL-2.0-only
// Where an invariant was found broken: a line through all lanes of the design, with the step and the names.

import { numberText } from "../text/number.ts";
import { type Drawing, type Lane, write } from "./timelineLane.ts";
import { LOCK_BASELINE } from "./timelineLocks.ts";
import { draw } from "./timelineMark.ts";
import { BIN_PX, diamond } from "./timelineShapes.ts";
import type { FindingStep } from "./timelineSteps.ts";
import { isBinned } from "./timelineTask.ts";

/** One line a place of four pixels. Where steps are drawn one by one it has a head; several have a mark that is one. */
export function drawFindings(drawing: Drawing, top: number, height: number): void {
  const { play, xOf, ink } = drawing;
  const places = new Set<number>();
  for (const { step } of play.findings) {
    const x = xOf(step);
    const place = Math.floor(x / BIN_PX);
    if (places.has(place)) continue;
    places.add(place);
    draw(ink, "finding", `M${x} ${top}v${height}`);
    if (!isBinned(drawing)) draw(ink, "findingHead", diamond(x, top));
  }
}

/** Writes each finding in the first of `lanes` that has room for it, in `wording`; returns those that found none. */
export function writeFindings(
  drawing: Drawing,
  lanes: readonly Lane[],
  findings: readonly FindingStep[],
  wording: (finding: FindingStep) => string,
): FindingStep[] {
  return findings.filter((finding) => {
    const x = drawing.xOf(finding.step);
    const texts = [wording(finding)];
    return !lanes.some((lane) => write(drawing, lane, "violationText", [x, x], texts, baselineOf(lane)));
  });
}

/** `step 21: I3, I4` */
export const findingWords = ({ step, names }: FindingStep): string =>
  `step ${numberText(step)}: ${names.join(", ")}`;

/** `I3, I4`: what is left where there is little room. */
export const findingNames = ({ names }: FindingStep): string => names.join(", ");

const baselineOf = ({ kind, top, height }: Lane) =>
  kind === "locks" ? top + LOCK_BASELINE : top + height / 2 + 4;
