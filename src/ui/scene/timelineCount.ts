// SPDX-License-Identifier: GPL-2.0-only
// The lane of one VM's mmu_invalidate_in_progress: away from 0 it is an interval with its count, and while it is,
// the guest cannot map the pages it covers.

import { countText, numberText } from "../text/number.ts";
import { type Drawing, keepClear, type Lane, write } from "./timelineLane.ts";
import { draw } from "./timelineMark.ts";
import { bracket, line } from "./timelineShapes.ts";
import type { Bracket } from "./timelineSpans.ts";
import { BESIDE, placeWords, type Room, wordsWidth } from "./timelineWords.ts";

/** The intervals of the lane's VM. */
export function drawCount(drawing: Drawing, lane: Lane): void {
  const { play, spans, xOf, ink } = drawing;
  const { top, height, vm } = lane;
  const y = top + height / 2 - 3;
  const end = play.recording.steps.length;
  draw(ink, "lane", line(xOf(0), xOf(end), y + 7));
  const own = spans.brackets.filter((each) => each.vm === vm);
  for (const { from, to } of own) keepClear(lane, xOf(from) - 4, xOf(to) + 4);
  for (const each of own) {
    const { from, to, brokenFrom } = each;
    const [x1, x2] = [xOf(from), xOf(to)];
    const broken = brokenFrom === null ? x2 : xOf(brokenFrom);
    if (broken > x1) draw(ink, "count", bracket(x1, broken, y, brokenFrom !== null));
    if (brokenFrom !== null)
      draw(ink, "countBroken", brokenFrom === from ? bracket(x1, x2, y, true) : line(broken, x2, y));
    const wordings = texts(each, to === end);
    if (brokenFrom === null) write(drawing, lane, "note", [x1, x2], wordings);
    else if (x2 - x1 < wordsWidth(wordings[0] ?? ""))
      write(drawing, lane, "violationText", [x1, x2], wordings);
    else writeUnder(drawing, lane, x1, x2, wordings);
  }
}

/**
 * Below the bar from x1 to x2, as far right as the lines of findings leave room: what is wrong has no end, so there is
 * no room behind it.
 */
function writeUnder(
  { play, xOf, words }: Drawing,
  { top, height }: Lane,
  x1: number,
  x2: number,
  texts: readonly string[],
): void {
  const lines = [...new Set(play.findings.map(({ step }) => xOf(step)))].sort((a, b) => b - a);
  const room: Room = { width: x2, taken: lines.map((x) => ({ from: x - 3, to: x + 3 })) };
  const y = top + height / 2 + 8.5;
  for (const right of [x2, ...lines.filter((x) => x1 < x && x < x2)]) {
    const placed = placeWords(room, right + BESIDE - 4, Number.POSITIVE_INFINITY, texts);
    if (placed === null) continue;
    words.push({ shape: "text", key: `under ${y}`, look: "violationText", y, ...placed });
    return;
  }
}

function texts({ from, to, count, brokenFrom }: Bracket, toTheEnd: boolean): string[] {
  const value = numberText(count).replace("-", "−");
  if (brokenFrom !== null) {
    const below = count < 0 ? `${value}: below 0` : value;
    return [...(toTheEnd ? [`stuck at ${value}, to the end`, `stuck at ${value}`] : []), below, value];
  }
  const steps = countText(to - from, "step");
  const most = count === 1 ? value : `up to ${value}`;
  return [`${most} for ${steps}: a fault there retries`, `${most} for ${steps}`, most];
}
