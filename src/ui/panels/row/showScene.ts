// SPDX-License-Identifier: GPL-2.0-only
// Draws a row, and has what happened since the picture before play upon it where that is to be seen.
//
// How marks move is fetched when a second picture is drawn: the opening page needs none of it, and a step that comes
// before it is there shows its result at once, as any step does above 4x.

import type { Play } from "../../../engine/index.ts";
import type { Frame } from "../../scene/frame.ts";
import type { Picture } from "../../scene/movement.ts";
import { drawMarks } from "./drawMarks.ts";

/** What stands in a row. The frame itself is not kept: its world goes on. */
interface Shown extends Picture {
  readonly play: Play | undefined;
  readonly step: number | undefined;
  /** When it was drawn, in milliseconds on the page's clock. */
  readonly at: number;
}

const shown = new WeakMap<SVGSVGElement, Shown>();

let motion: typeof import("./playMotion.ts") | "loading" | null = null;

/** Makes `svg` show `picture`. Whatever was still moving in it stops: the picture is right without it. */
export function showScene(svg: SVGSVGElement, picture: Picture, frame: Frame | undefined): void {
  const before = shown.get(svg);
  if (motion !== null && motion !== "loading") motion.stop(svg);
  drawMarks(svg, picture.scene.marks);
  const at = performance.now();
  shown.set(svg, { ...picture, play: frame?.play, step: frame?.step, at });
  if (before === undefined || frame === undefined) return;
  if (motion === null) fetchMotion();
  // A step that came soon is followed soon.
  else if (motion !== "loading" && isNext(before, picture, frame))
    motion.play(svg, before, picture, frame, at - before.at);
}

/** The picture is that of the step after the one before, or of the same step, 64 times nearer or farther. */
function isNext(before: Shown, { axis }: Picture, { play, from, step }: Frame): boolean {
  if (before.play !== play) return false;
  return before.axis === axis ? before.step === from : before.step === step && isZoom(before, axis);
}

const isZoom = (before: Shown, axis: Picture["axis"]) =>
  before.axis.cell === axis.cell && before.axis.perCell !== axis.perCell;

/** A failure is no more than a page without motion; the next step tries again. */
function fetchMotion(): void {
  motion = "loading";
  import("./playMotion.ts").then(
    (part) => {
      motion = part;
    },
    () => {
      motion = null;
    },
  );
}
