// SPDX-License-Identifier: GPL-2.0-only
// The list of notifiers in the order in which it is walked, as a chain. A long one is drawn by rasterScene.ts.

import type { Axis } from "./axis.ts";
import { chainScene } from "./chainScene.ts";
import type { Frame } from "./frame.ts";
import { label, type Scene } from "./mark.ts";
import { bands } from "./rulerScene.ts";
import { toldBy, type Walk } from "./told.ts";

/** Longer lists are drawn as a raster. */
const CHAIN_MAX = 24;

/** Whether the shown file keeps a list that is too long for a chain. */
export function isLongList(axis: Axis, frame: Frame): boolean {
  const file = frame.world.files[axis.file];
  return file?.keeps === "list" && file.notifiers.length > CHAIN_MAX;
}

/** Null where the shown file keeps no list. The list is not a long one. */
export function listScene(axis: Axis, frame: Frame): Scene | null {
  const file = frame.world.files[axis.file];
  if (file === undefined || file.keeps !== "list") return null;
  const walk = latestWalk(frame, axis.file);
  if (file.notifiers.length > 0) return chainScene(axis, frame, file.notifiers, walk);
  const says = "No notifier is registered now: a punch calls nobody.";
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
