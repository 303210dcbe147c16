// SPDX-License-Identifier: GPL-2.0-only
// How one picture of a row becomes the next: which marks are seen to move, when, and how. Motion shows cause, so a
// call is seen only after the walk has come to it, and pages are crossed out only after they have run empty.
//
// Times are those of an unhurried viewer; motionPace.ts fits them into playback.

import { type Axis, CELLS, widthOf } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { idOf, type Look, type Mark } from "./mark.ts";
import { flushed, guestArrival, guestDeparture, isReadNow, READ } from "./motionGuest.ts";
import type { Motion, Picture } from "./movement.ts";
import { type Happened, happenedIn, RING } from "./motionStep.ts";

const HATCH = 120;
const DISC = 220;
const LEVEL = 200;
const ZAP = 180;
const DRAIN = 240;
const ZOOM = 320;
const VIOLATION = 400;
/** What has no motion of its own comes and goes so quickly. */
const PLAIN = 120;

/** Between two zaps, and from the first to the last of however many. */
const [ZAP_APART, ZAP_SPREAD] = [40, 400];

/**
 * The motions from the picture `before` to `after`, which shows `frame`; what happened lies between `frame.from` and
 * `frame.step`. Where only the window has become another, the trapezoids open again.
 */
export function motionsOf(before: Picture, after: Picture, frame: Frame): Motion[] {
  if (before.axis !== after.axis)
    return after.scene.marks.flatMap((mark) =>
      mark.look === "opens" ? opening(mark, after.axis, 0, ZOOM) : [],
    );
  const old = new Map(before.scene.marks.map((mark) => [idOf(mark), mark]));
  const now = new Set(after.scene.marks.map(idOf));
  const change: Change = {
    ...{ axis: after.axis, happened: happenedIn(frame, after.axis.file), old, now },
    ...{ levels: 0, zapDelays: [], zapApart: zapApart(after.scene.marks, old) },
  };
  return [
    ...after.scene.marks.flatMap((mark) => arrival(mark, old.get(idOf(mark)), change)),
    ...before.scene.marks.flatMap((mark) => (now.has(idOf(mark)) ? [] : departure(mark, change))),
    ...flushed(after, change),
  ];
}

interface Change {
  readonly axis: Axis;
  readonly happened: Happened;
  readonly old: ReadonlyMap<string, Mark>;
  readonly now: ReadonlySet<string>;
  /** Levels of the tree that have been descended so far: one comes after the other. */
  levels: number;
  /** When each cross begins, and what lies between two of them. */
  readonly zapDelays: number[];
  readonly zapApart: number;
}

const isNewly = (look: Look, old: Mark | undefined) => old?.look !== look;

/** Squares and their hatches, as callsScene.ts names them. */
const SQUARE = /^(start|end)\d/;

function arrival(mark: Mark, old: Mark | undefined, change: Change): Motion[] {
  const id = idOf(mark);
  const { lead } = change.happened;
  const isNew = isNewly(mark.look, old);
  switch (mark.look) {
    case "current":
      return old === undefined ? [plain(id, "appear", 0)] : sliding(mark, old, RING);
    case "link":
      // The link behind the ring, as the ring slides along it.
      return isNew ? over(old, { id, kind: "wipe", delay: 0, duration: RING, easing: "ease-in-out" }) : [];
    case "needed":
      return isNew ? needed(mark, old, lead) : [];
    case "wasted":
    case "notCalled":
      // The square of a call is not there before the walk has come to it; the disc has always been.
      return isNew && SQUARE.test(mark.key) ? over(old, plain(id, "appear", lead)) : [];
    case "hatch":
      return isNew ? [{ id, kind: "wipe", delay: lead, duration: HATCH, easing: "linear" }] : [];
    case "numberOn":
    case "dotsOn":
      // Light on dark only once the dark is there.
      return isNew ? over(old, { ...plain(id, "appear", lead + DISC), duration: 40 }) : [];
    case "slotNeeded":
      return isNew ? over(old, { ...plain(id, "appear", lead), duration: DISC, easing: "ease-out" }) : [];
    case "lookup":
      return lookup(mark, old, change);
    case "opens":
      if (isReadNow(mark, change)) return opening(mark, change.axis, READ, LEVEL);
      return old === undefined ? opening(mark, change.axis, levelDelay(change), LEVEL) : [];
    case "zapped":
      return isNew ? [{ id, kind: "turn", duration: ZAP, easing: "ease-out", delay: zapDelay(change) }] : [];
    case "allocated":
      return filling(mark, old);
    case "slash":
      return isNew ? [{ id, kind: "wipe", delay: DRAIN, duration: PLAIN, easing: "ease-out" }] : [];
    case "broken":
      return isNew
        ? [
            plain(id, "appear", 0),
            { id: `${id} trace`, kind: "trace", delay: 0, duration: VIOLATION, easing: "ease-out" },
          ]
        : [];
    case "slot":
    case "slotRefused":
    case "conflict":
    case "violationText":
    case "stale":
    case "ring":
      return old === undefined ? [plain(id, "appear", 0)] : [];
    case "mapped":
      // A leaf that a fault has brought is seen to grow.
      return old !== undefined
        ? []
        : change.happened.installed
          ? [{ id, kind: "fill", delay: 0, duration: DRAIN, easing: "ease-out" }]
          : [plain(id, "appear", 0)];
    default:
      return guestArrival(mark, old) ?? [];
  }
}

function departure(mark: Mark, change: Change): Motion[] {
  const id = idOf(mark);
  const ofGuest = guestDeparture(mark, change);
  if (ofGuest !== null) return ofGuest;
  switch (mark.look) {
    case "allocated":
      return [{ id, kind: "drain", share: 0, delay: 0, duration: DRAIN, easing: "ease-in", ghost: mark }];
    case "mapped":
      // The same column's cross has been given its turn before.
      return change.now.has(`path ${mark.key}`) && change.happened.zapped
        ? [shrinking(mark, change)]
        : [{ ...plain(id, "fade", 0), ghost: mark }];
    case "slot":
    case "slotNeeded":
    case "current":
      return [{ ...plain(id, "fade", 0), ghost: mark }];
    default:
      return [];
  }
}

const plain = (id: string, kind: "appear" | "fade", delay: number): Motion => ({
  ...{ id, kind, delay, duration: PLAIN, easing: "linear" },
});

/** `motion`, and what it covers: the mark as it was stays beneath until then. */
const over = (old: Mark | undefined, motion: Motion): Motion[] => {
  if (old === undefined) return [motion];
  const duration = motion.delay + motion.duration;
  return [{ id: motion.id, kind: "stay", delay: 0, duration, easing: "linear", ghost: old }, motion];
};

/** The disc fills, then its square; in the end walk the disc is full already. */
function needed(mark: Mark, old: Mark | undefined, lead: number): Motion[] {
  const id = idOf(mark);
  if (!SQUARE.test(mark.key)) {
    const kind = mark.key.startsWith("node") ? "wipe" : "fill";
    return over(old, { id, kind, delay: lead, duration: DISC, easing: "ease-out" });
  }
  const delay = mark.key.startsWith("start") ? lead + DISC : lead;
  return over(old, { id, kind: "fill", delay, duration: PLAIN, easing: "ease-out" });
}

function sliding(mark: Mark, old: Mark, duration: number): Motion[] {
  const [to, from] = [middleOf(mark), middleOf(old)];
  const [dx, dy] = [from.x - to.x, from.y - to.y];
  // From row to row of a raster there is no link to slide along.
  if ((dx === 0 && dy === 0) || (dx !== 0 && dy !== 0)) return [];
  return [{ id: idOf(mark), kind: "slide", dx, dy, delay: 0, duration, easing: "ease-in-out" }];
}

function middleOf(mark: Mark): { x: number; y: number } {
  if (mark.shape === "rect") return { x: mark.x + mark.width / 2, y: mark.y + mark.height / 2 };
  return mark.shape === "circle" ? { x: mark.cx, y: mark.cy } : { x: 0, y: 0 };
}

/** Within a node the look-up goes on from slot to slot; a new one descends level by level. */
function lookup(mark: Mark, old: Mark | undefined, change: Change): Motion[] {
  const { looked } = change.happened;
  if (looked === null || mark.shape !== "rect") return [];
  if (looked === "goesOn" && old?.look === "lookup") return sliding(mark, old, LEVEL);
  const delay = levelDelay(change);
  change.levels++;
  const width = widthOf(change.axis) + 4;
  return [{ id: idOf(mark), kind: "narrow", x: -2, width, delay, duration: LEVEL, easing: "ease-in-out" }];
}

const levelDelay = ({ levels }: Change): number => levels * LEVEL;

/** A path from a cell of the row above down to the whole of the row below. */
function opening(mark: Mark, axis: Axis, delay: number, duration: number): Motion[] {
  if (mark.shape !== "path") return [];
  const left = Number.parseFloat(mark.d.slice(1));
  const at = (left + axis.cell / 2 + 2) / (widthOf(axis) + 4);
  return [{ id: idOf(mark), kind: "open", at, width: 1 / CELLS, delay, duration, easing: "ease-in-out" }];
}

function filling(mark: Mark, old: Mark | undefined): Motion[] {
  if (mark.shape !== "rect") return [];
  const id = idOf(mark);
  const before = old?.shape === "rect" ? old.height : 0;
  if (before < mark.height) {
    const share = before / mark.height;
    return [{ id, kind: "rise", share, delay: 0, duration: DRAIN, easing: "ease-out" }];
  }
  if (old === undefined || before === mark.height) return [];
  const share = mark.height / before;
  return [{ id, kind: "drain", share, delay: 0, duration: DRAIN, easing: "ease-in", ghost: old }];
}

const zapApart = (marks: readonly Mark[], old: ReadonlyMap<string, Mark>): number => {
  const zapped = marks.filter((mark) => mark.look === "zapped" && isNewly("zapped", old.get(idOf(mark))));
  return Math.min(ZAP_APART, ZAP_SPREAD / Math.max(1, zapped.length - 1));
};

/** The delay of the next cross from the left. */
function zapDelay(change: Change): number {
  const delay = change.zapDelays.length * change.zapApart;
  change.zapDelays.push(delay);
  return delay;
}

/** The square goes as its cross comes: both stand in the order of the columns. */
function shrinking(mark: Mark, change: Change): Motion {
  const delay = change.zapDelays.shift() ?? 0;
  return { id: idOf(mark), kind: "shrink", delay, duration: ZAP, easing: "ease-out", ghost: mark };
}
