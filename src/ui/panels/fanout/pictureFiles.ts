// SPDX-License-Identifier: GPL-2.0-only
// Pictures as files, made in the page.

import type { Headed } from "../../scene/fanout/headed.ts";
import type { Ink, Mark } from "../../scene/fanout/marks.ts";
import { type Colours, FONTS, svgText } from "../../scene/fanout/svgText.ts";
import { saveFile } from "../../widgets/saveFile.ts";

const INKS: readonly Ink[] = [
  ...(["ink", "ink-2", "ink-3", "line", "line-strong"] as const),
  ...(["list", "xarray", "bg", "raised"] as const),
];

/** The colours of the theme that is shown. */
function shownColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(INKS.map((ink) => [ink, style.getPropertyValue(`--${ink}`).trim()])) as Colours;
}

export const saveSvg = (name: string, picture: Headed): void =>
  saveFile(`${name}.svg`, new Blob([svgText(picture, shownColours())], { type: "image/svg+xml" }));

export const saveCsv = (name: string, text: string): void =>
  saveFile(`${name}.csv`, new Blob([text], { type: "text/csv" }));

/** Twice as large as on the page, for slides. */
const SCALE = 2;

export function savePng(name: string, { head, picture }: Headed): void {
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * SCALE;
  canvas.height = (head.height + picture.height) * SCALE;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser paints no pictures");
  context.scale(SCALE, SCALE);
  const colours = shownColours();
  context.fillStyle = colours.bg;
  context.fillRect(0, 0, canvas.width, canvas.height);
  paint(context, head.marks, colours);
  context.translate(0, head.height);
  paint(context, picture.marks, colours);
  canvas.toBlob((blob) => {
    if (blob !== null) saveFile(`${name}.png`, blob);
  }, "image/png");
}

function paint(context: CanvasRenderingContext2D, marks: readonly Mark[], colours: Colours): void {
  for (const mark of marks)
    if (mark.kind === "text") {
      context.globalAlpha = 1;
      context.font = `${mark.weight} ${mark.size}px ${FONTS}`;
      context.textAlign = mark.anchor === "middle" ? "center" : mark.anchor;
      context.fillStyle = colours[mark.fill];
      context.fillText(mark.text, mark.x, mark.y);
    } else {
      const path = new Path2D(mark.d);
      context.globalAlpha = mark.opacity;
      if (mark.fill !== null) {
        context.fillStyle = colours[mark.fill];
        context.fill(path);
      }
      if (mark.stroke === null) continue;
      context.strokeStyle = colours[mark.stroke];
      context.lineWidth = mark.width;
      context.setLineDash([...mark.dash]);
      context.stroke(path);
    }
}
