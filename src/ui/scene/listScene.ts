// SPDX-License-Identifier: GPL-2.0-only
// The list of notifiers in the order in which it is walked: a chain where it is short, else one cell a notifier.

import type { Axis } from "./axis.ts";
import { chainScene } from "./chainScene.ts";
import type { Frame } from "./frame.ts";
import { label, type Scene } from "./mark.ts";
import { rasterScene } from "./rasterScene.ts";
import { bands } from "./rulerScene.ts";
import { toldBy, type Walk } from "./told.ts";

/** Longer lists are drawn as a raster. */
export const CHAIN_MAX = 24;

/** Null where the shown file keeps no list. */
export function listScene(axis: Axis, frame: Frame): Scene | null {
  const file = frame.world.files[axis.file];
  if (file === undefined || file.keeps !== "list") return null;
  const walk = latestWalk(frame, axis.file);
  if (file.notifiers.length > CHAIN_MAX) return rasterScene(axis, frame, file.notifiers, walk);
  if (file.notifiers.length > 0) return chainScene(axis, frame, file.notifiers, walk);
  const says = "No notifier is registered: a punch calls nobody.";
  const height = 42;
  const marks = [
    label("notifiers", height / 2),
    ...bands(axis, frame, height),
    { shape: "text", key: "empty", look: "note", x: 8, y: height / 2 + 4.5, text: says } as const,
  ];
  return { height, marks, says };
}

/** The walk that is going on in `file`, or else the one that ended last. */
export function latestWalk(frame: Frame, file: string): Walk | null {
  const walks = toldBy(frame).walks.filter((walk) => walk.file === file);
  return walks.findLast((walk) => walk.open) ?? walks.at(-1) ?? null;
}
