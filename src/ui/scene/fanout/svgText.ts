// SPDX-License-Identifier: GPL-2.0-only
// A picture as the text of an SVG file that needs nothing from elsewhere.

import type { Headed } from "./headed.ts";
import type { Ink, Mark } from "./marks.ts";

export type Colours = Readonly<Record<Ink, string>>;

export const FONTS = '"Inter Variable", Inter, "Helvetica Neue", Arial, sans-serif';

/** The file of `headed`; colours are written out, and the ground is painted. */
export function svgText({ head, picture, title }: Headed, colours: Colours): string {
  const drawnOf = (marks: readonly Mark[]) => marks.map((mark) => `  ${markText(mark, colours)}\n`).join("");
  const { width } = picture;
  const height = head.height + picture.height;
  const drawn = `${drawnOf(head.marks)}<g transform="translate(0 ${head.height})">\n${drawnOf(picture.marks)}</g>\n`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(FONTS)}">\n` +
    `  <title>${escaped(title)}</title>\n` +
    `  <path d="M0 0h${width}v${height}h${-width}z" fill="${colours.bg}"/>\n${drawn}</svg>\n`
  );
}

function markText(mark: Mark, colours: Colours): string {
  if (mark.kind === "text") {
    const { x, y, size, weight, anchor, fill, text } = mark;
    return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${colours[fill]}">${escaped(text)}</text>`;
  }
  const { d, fill, stroke, width, dash, opacity } = mark;
  const inkOf = (ink: Ink | null) => (ink === null ? "none" : colours[ink]);
  const dashed = dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
  const seen = opacity === 1 ? "" : ` opacity="${opacity}"`;
  return `<path d="${d}" fill="${inkOf(fill)}" stroke="${inkOf(stroke)}" stroke-width="${width}"${dashed}${seen}/>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
