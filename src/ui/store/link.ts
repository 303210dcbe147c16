// SPDX-License-Identifier: GPL-2.0-only
// A place as the part of the address behind `#`: `#v1&scenario=t-a-12&designs=v10,review&at=1.18`.
// Words and not a code, so that a link says by itself what it shows, and can be mended by hand.

import type { AddedPunch } from "../../engine/index.ts";
import type { Place } from "./place.ts";

/** The version of what is written here. A link of another one is refused and not guessed at. */
export const VERSION = "v1";

/** The link to `place`, from its `#` on. What is as usual is left out. */
export function linkOf(place: Place): string {
  const { scenario, recording, from, punches, designs, only, at, zoom, file, pinned, theme, view } = place;
  const parts: [string, string | null][] = [
    recording === null ? ["scenario", scenario] : ["recording", `${recording.print},${recording.name}`],
    ["from", from === null ? null : String(from + 1)],
    ["punch", punches.length === 0 ? null : punches.map(printPunch).join()],
    ["designs", designs?.join(",") ?? null],
    ["only", only],
    ["at", at === null ? null : `${at.operation + 1}.${at.step}`],
    ["zoom", zoom === 0 ? null : String(zoom)],
    ["file", file],
    ["pin", pinned],
    ["theme", theme],
    ["code", place.code ? "1" : null],
    ["log", place.log ? "1" : null],
    ["steps", place.steps ? "1" : null],
    ["view", view === "lab" ? null : view],
    ...Object.entries(place.fanout),
  ];
  const written = parts.flatMap(([key, value]) => (value === null ? [] : `&${key}=${printValue(value)}`));
  return `#${VERSION}${written.join("")}`;
}

const printPunch = ({ file, start, end }: AddedPunch) => `${file}:${start}-${end}`;

/** Only what an address cannot hold as it is, or what parts the link's own pieces, is written in hexadecimal. */
const printValue = (value: string) =>
  encodeURIComponent(value).replace(/%(2C|2F|3A|3E)/g, (code) => decodeURIComponent(code));
