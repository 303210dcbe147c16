// SPDX-License-Identifier: GPL-2.0-only
// A picture that leaves the page: under a head that says what it shows, of which case, and from which sources.

import { type Mark, type Picture, word } from "./marks.ts";

export interface Headed {
  readonly title: string;
  /** Lies above `picture`, as wide as that. */
  readonly head: Picture;
  readonly picture: Picture;
}

const LINE = 17;
const LETTER = 6.1;
const LEFT = 12;

/** `picture` under `title` and `lines`, each broken where it is too long. */
export function headed(picture: Picture, title: string, lines: readonly string[]): Headed {
  const { width } = picture;
  const most = Math.max(20, Math.floor((width - 2 * LEFT) / LETTER));
  const broken = lines.flatMap((line) => brokenAt(line, most));
  const marks: Mark[] = [
    ...brokenAt(title, Math.floor(most * 0.8)).map((text, k) =>
      word(`title-${k}`, [LEFT, 24 + k * LINE], text, { size: 14, weight: 680, fill: "ink" }),
    ),
  ];
  const from = 24 + marks.length * LINE + 4;
  const about = broken.map((text, k) => word(`about-${k}`, [LEFT, from + k * LINE], text));
  return { title, head: { width, height: from + about.length * LINE, marks: [...marks, ...about] }, picture };
}

/** `text` in lines of at most `most` letters, broken between words. */
function brokenAt(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const one of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + one.length > most) lines.push(one);
    else lines[lines.length - 1] = `${last} ${one}`;
  }
  return lines;
}
