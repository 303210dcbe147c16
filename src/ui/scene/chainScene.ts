// SPDX-License-Identifier: GPL-2.0-only
// A short list as a chain of circles, linked in list order. Each stands under its memslot where that order allows.

import { type Axis, clipped, widthOf, xOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { hatchBox, hatchCircle } from "./hatch.ts";
import { counted, label, type Mark, type Scene, textWidth } from "./mark.ts";
import { nameOf, pagesOf } from "./memslots.ts";
import { bands } from "./rulerScene.ts";
import { currentOf, toldBy, type Walk, wasNeeded } from "./told.ts";

const HEIGHT = 40;
const MIDDLE = HEIGHT / 2;
const RADIUS = 12;

/** One notifier of the chain. */
export interface Link {
  readonly id: number;
  readonly name: string;
  readonly x: number;
  /** Of the circle, or of the pill that a longer name needs. */
  readonly width: number;
  readonly state: "needed" | "wasted" | "notCalled";
  /** Whether it stands under its memslot. */
  readonly isUnder: boolean;
}

export function chainScene(axis: Axis, frame: Frame, notifiers: readonly number[], walk: Walk | null): Scene {
  const at = currentOf(walk, frame);
  const links = linksOf(axis, frame, notifiers, at);
  const reached = walk === null ? -1 : walk.open ? notifiers.indexOf(at ?? -1) : notifiers.length - 1;
  const current = links.find(({ id }) => id === at) ?? null;
  // A chain in its own order stands under no page, so no page's band goes through it.
  const behind = links.every(({ isUnder }) => isUnder) ? bands(axis, frame, HEIGHT) : [];
  const marks: Mark[] = [label("notifiers", MIDDLE), ...behind, ...lines(links, reached)];
  for (const link of links) marks.push(...linkMarks(link));
  if (current !== null) marks.push({ key: "current", look: "current", ...pill(current, 5) });
  return { height: HEIGHT, marks, says: sentence(links, walk, current) };
}

/** The chain of `notifiers`, in their order; `current` shows what its latest call was, the others what any was. */
export function linksOf(
  axis: Axis,
  frame: Frame,
  notifiers: readonly number[],
  current: number | null = null,
): Link[] {
  const { world } = frame;
  const { calls } = toldBy(frame);
  const links = notifiers.map((id) => {
    const name = nameOf(world, id);
    const call = calls.get(id);
    const needed = call !== undefined && (id === current ? call.lastHit : wasNeeded(call));
    const state = call === undefined ? "notCalled" : needed ? "needed" : "wasted";
    const span = world.memslots[id] === undefined ? null : clipped(pagesOf(world.memslots[id]), axis);
    const width = name.length < 3 ? 2 * RADIUS : Math.ceil(textWidth(name)) + 12;
    const middle = span === null ? null : (xOf(axis, span.start) + xOf(axis, span.end)) / 2;
    const under = middle === null ? null : Math.min(Math.max(middle, width / 2), widthOf(axis) - width / 2);
    return { id, name, under, width, state } as const;
  });
  const apart = links.every(({ under, width }, k) => {
    const before = links[k - 1];
    return (
      under !== null && (before === undefined || under - before.under! >= (width + before.width) / 2 + 8)
    );
  });
  // Else in even steps from the head: the order is what a list has, and the only order it has.
  const pitch = Math.min(widthOf(axis) / links.length, 64);
  return links.map(({ under, ...link }, k) => ({
    ...link,
    isUnder: apart,
    x: apart ? under! : pitch * (k + 0.5),
  }));
}

/** Links up to where the walk has come, and those ahead of it. */
function lines(links: readonly Link[], reached: number): Mark[] {
  const marks: Mark[] = [];
  let from = -8;
  links.forEach((link, k) => {
    const d = `M${from} ${MIDDLE}H${link.x - link.width / 2}`;
    marks.push({ shape: "path", key: `link${link.id}`, look: k <= reached ? "link" : "linkAhead", d });
    from = link.x + link.width / 2;
  });
  return marks;
}

/** The circle or pill of a link, `grow` pixels larger on every side. */
export const pill = ({ x, width }: Link, grow = 0) =>
  ({
    shape: "rect",
    ...{ x: x - width / 2 - grow, y: MIDDLE - RADIUS - grow },
    ...{ width: width + 2 * grow, height: 2 * RADIUS + 2 * grow, rx: RADIUS + grow },
  }) as const;

function linkMarks(link: Link): Mark[] {
  const { id, name, x, width, state } = link;
  const marks: Mark[] = [{ key: `notifier${id}`, look: state, ...pill(link) }];
  if (state === "wasted") {
    const d =
      width === 2 * RADIUS
        ? hatchCircle(x, MIDDLE, RADIUS - 1)
        : hatchBox(x - width / 2 + 4, MIDDLE - 9, width - 8, 18);
    marks.push({ shape: "path", key: `hatch${id}`, look: "hatch", d });
  }
  const look = state === "needed" ? "numberOn" : "number";
  marks.push({ shape: "text", key: `number${id}`, look, x, y: MIDDLE + 4.5, text: name, anchor: "middle" });
  return marks;
}

function sentence(links: readonly Link[], walk: Walk | null, current: Link | null): string {
  const count = (state: Link["state"]) => links.filter((link) => link.state === state).length;
  const order = links.map(({ name }) => name).join(", ");
  const called = count("needed") + count("wasted");
  const list = `${counted(links.length, "notifier")} in list order: ${order}.`;
  const calls = `${called} called, ${count("needed")} needed, ${count("wasted")} wasted.`;
  const now = current === null ? "" : ` The ${walk?.edge} walk is at slot ${current.name}.`;
  return `${list} ${calls}${now}`;
}
