// SPDX-License-Identifier: GPL-2.0-only
// How the marks of a guest's rows come and go: a large leaf runs empty, a request runs to its vCPU, who is kicked out
// of the guest fades, what is flushed shrinks, and a walk narrows down from table to table.

import { widthOf } from "./axis.ts";
import { idOf, type Mark } from "./mark.ts";
import type { Motion, Picture } from "./movement.ts";
import type { Happened } from "./motionStep.ts";

/** Milliseconds, as long as the motions of the other rows that say the same. */
const [ZAP, DRAIN, LEVEL, FLUSH, SPREAD] = [180, 240, 200, 300, 400] as const;

/** Where a vCPU is changes so slowly that a room sees it. */
const STATE = 300;

interface Change {
  readonly happened: Happened;
}

/** How `mark` comes, which was `old` before; null where its look is none of a guest's own. */
export function guestArrival(mark: Mark, old: Mark | undefined): Motion[] | null {
  const id = idOf(mark);
  const isNew = old?.look !== mark.look;
  switch (mark.look) {
    case "zappedLeaf":
      return isNew ? [{ id, kind: "wipe", delay: DRAIN / 2, duration: SPREAD, easing: "ease-out" }] : [];
    case "cached":
      return isNew ? [{ id, kind: "fill", delay: 0, duration: DRAIN, easing: "ease-out" }] : [];
    case "cachedStale":
      // Only once the leaf is seen to go.
      return isNew ? turningStale(id, old) : [];
    case "flushed":
      return isNew ? running(mark, id) : [];
    case "tlb":
    case "tlbIn":
    case "tlbOut":
      return old !== undefined && isNew ? changingState(mark, old, id) : [];
    case "vcpuState":
      return isOther(mark, old) ? [appearing(id)] : [];
    case "heldOff":
      return isNew ? [{ id, kind: "wipe", delay: 0, duration: LEVEL, easing: "ease-out" }] : [];
    case "heldEdge":
    case "heldWord":
      return isOther(mark, old) ? [appearing(id)] : [];
    case "walked":
      return moving(mark, old, id);
    default:
      return isNote(mark) ? (isOther(mark, old) ? [appearing(id)] : []) : null;
  }
}

/** How `mark` goes, which the new picture does not have; null where its look is none of a guest's own. */
export function guestDeparture(mark: Mark, { happened }: Change): Motion[] | null {
  const id = idOf(mark);
  switch (mark.look) {
    case "cached":
    case "cachedStale":
      return [{ id, kind: "shrink", delay: 0, duration: FLUSH, easing: "ease-in", ghost: mark }];
    case "flushed":
    case "heldOff":
      return [{ id, kind: "fade", delay: 0, duration: ZAP, easing: "linear", ghost: mark }];
    case "zapped":
      return happened.installed
        ? [{ id, kind: "fade", delay: 0, duration: ZAP, easing: "linear", ghost: mark }]
        : [];
    case "mapped":
      return /^bar/.test(mark.key)
        ? [{ id, kind: "drain", share: 0, delay: 0, duration: DRAIN, easing: "ease-in", ghost: mark }]
        : null;
    default:
      return null;
  }
}

/** Whether the entry that the funnel `mark` opens was read in this step: its key ends with VM and level. */
export const isReadNow = ({ key }: Mark, { happened }: Change): boolean =>
  happened.walked.has(key.slice(key.indexOf(" ") + 1));

/** How long the frame takes from entry to entry: what it opens comes after it. */
export const READ = LEVEL;

const appearing = (id: string): Motion => ({
  ...{ id, kind: "appear", delay: 0, duration: STATE, easing: "ease-out" },
});

/** Words that stand for what happened, and not for a thing. */
const isNote = ({ shape, key }: Mark) => shape === "text" && /^(note|said\d)$/.test(key);

const isOther = (mark: Mark, old: Mark | undefined) =>
  old === undefined || ("text" in mark && "text" in old && mark.text !== old.text);

/** The dot stays until its leaf is gone, then it is seen to be hollow. */
function turningStale(id: string, old: Mark | undefined): Motion[] {
  const hollow: Motion = { id, kind: "fill", delay: ZAP, duration: DRAIN, easing: "ease-out" };
  return old === undefined
    ? [hollow]
    : [{ id, kind: "stay", delay: 0, duration: ZAP + DRAIN, easing: "linear", ghost: old }, hollow];
}

/** The request comes from the left end of the row, where its VM stands. */
function running(mark: Mark, id: string): Motion[] {
  const x = mark.shape === "path" ? Number.parseFloat(mark.d.slice(1)) : 0;
  return [{ id, kind: "slide", dx: -x, dy: 0, delay: 0, duration: FLUSH, easing: "ease-out" }];
}

function changingState(mark: Mark, old: Mark, id: string): Motion[] {
  if (mark.look === "tlbIn") return [appearing(id)];
  return [{ id, kind: "fade", delay: 0, duration: STATE, easing: "ease-in", ghost: old }];
}

/** The frame goes from the entry that was read before to the one that is read now. */
function moving(mark: Mark, old: Mark | undefined, id: string): Motion[] {
  if (mark.shape !== "rect" || old?.shape !== "rect") return old === undefined ? [appearing(id)] : [];
  const [dx, dy] = [old.x - mark.x, old.y - mark.y];
  if (dx === 0 && dy === 0) return [];
  return [{ id, kind: "slide", dx, dy, delay: 0, duration: LEVEL, easing: "ease-in-out" }];
}

/** A triangle runs along the row of the VM whose TLBs are flushed. */
export function flushed({ axis, scene }: Picture, { happened }: Change): Motion[] {
  if (scene.vm === undefined || !happened.flushed.has(scene.vm)) return [];
  const y = scene.height / 2;
  const crosses = scene.marks.flatMap((mark) =>
    mark.look === "zapped" && mark.shape === "path" ? [Number.parseFloat(mark.d.slice(1))] : [],
  );
  const [from, to] = [Math.max(0, ...crosses) + 12, widthOf(axis) - 4];
  const d = `M${to} ${y - 7}l13 7l-13 7z`;
  const ghost: Mark = { shape: "path", key: "flush", look: "flushed", d };
  return [{ id: "flush", kind: "run", dx: from - to, delay: 0, duration: FLUSH, easing: "ease-out", ghost }];
}
