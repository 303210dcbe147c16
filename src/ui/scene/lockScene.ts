// SPDX-License-Identifier: GPL-2.0-only
// Who holds what right now: the lock of the file's list or bindings as a bar, the others by name.

import type { Kvm } from "../../engine/index.ts";
import type { Axis } from "./axis.ts";
import type { Frame } from "./frame.ts";
import { label, type Mark, type Scene, textWidth } from "./mark.ts";
import { toldBy } from "./told.ts";

const HEIGHT = 24;
const MIDDLE = HEIGHT / 2;
const BAR = 56;

type Lock = Kvm["mmuLock"];

export function lockScene(axis: Axis, frame: Frame): Scene {
  const file = frame.world.files[axis.file];
  const marks: Mark[] = [label("rm->lock", MIDDLE)];
  if (file === undefined) return { height: HEIGHT, marks, says: "" };
  const { lock, memfd } = file;
  const between = betweenWalks(axis, frame);
  const dropped = between.length > 0;
  marks.push(bar(lock, dropped));
  const held = lockText(lock);
  const own = dropped
    ? `${held}: ${between.join(", ")} does not hold it between the two walks, and the list may change`
    : held;
  const vms = Object.values(frame.world.vms);
  const rest = [memfd.inodeLock, ...vms.flatMap(({ slotsLock, mmuLock }) => [slotsLock, mmuLock])]
    .filter(({ holders, waiters }) => holders.length + waiters.length > 0)
    .map((other) => `${shortLock(frame, other)} ${lockText(other)}`)
    .join("; ");
  const [x, y] = [BAR + 12, MIDDLE + 4.5];
  marks.push({ shape: "text", key: "words", look: dropped ? "violationText" : "word", x, y, text: own });
  if (rest !== "") {
    const after = x + textWidth(own) * (dropped ? 0.95 : 0.9) + 16;
    marks.push({ shape: "text", key: "rest", look: "note", x: after, y, text: rest });
  }
  return { height: HEIGHT, marks, says: `rm->lock ${own}.${rest === "" ? "" : ` ${rest}.`}` };
}

/** One thick line for a writer, two for readers, a thin one for nobody, a dashed one where it is missed. */
function bar({ holders }: Lock, dropped: boolean): Mark {
  const mode = holders[0]?.mode;
  const lines = mode === "read" ? `M0 ${MIDDLE - 3}H${BAR}M0 ${MIDDLE + 3}H${BAR}` : `M0 ${MIDDLE}H${BAR}`;
  const caps = mode === undefined ? "" : `M0.5 ${MIDDLE - 6}v12M${BAR - 0.5} ${MIDDLE - 6}v12`;
  const look =
    mode === undefined ? (dropped ? "lockDropped" : "lockFree") : mode === "write" ? "lockWrite" : "lockRead";
  return { shape: "path", key: "bar", look, d: lines + caps };
}

/** The tasks whose punch is between its walks without the lock that keeps the notifiers still (T-b). */
function betweenWalks(axis: Axis, frame: Frame): string[] {
  const holders = frame.world.files[axis.file]?.lock.holders ?? [];
  const names = [...frame.play.scenario.tasks.keys()];
  return toldBy(frame)
    .punches.filter(({ file, phase }) => file === axis.file && phase === "started")
    .map(({ task }) => names[task] ?? "")
    .filter((name) => !holders.some(({ task }) => task === name));
}

function lockText({ holders, waiters }: Lock): string {
  const by = holders.map(({ task }) => task).join(", ");
  const held =
    holders.length === 0
      ? "free"
      : `held by ${by} ${holders[0]?.mode === "read" ? "for reading" : ""}`.trim();
  return waiters.length === 0 ? held : `${held}, ${waiters.map(({ task }) => task).join(", ")} waiting`;
}

/** Without its owner where there is only one that it could be. */
function shortLock({ world }: Frame, { name }: Lock): string {
  const owners = name.startsWith("vm") ? Object.keys(world.vms) : Object.keys(world.files);
  return owners.length > 1 ? name : name.slice(name.indexOf("/") + 1);
}
