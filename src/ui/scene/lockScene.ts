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
  const dropped = isDropped(axis, frame);
  const { lock } = file;
  const mode = lock.holders[0]?.mode;
  const bar =
    mode === undefined
      ? `M0 ${MIDDLE}H${BAR}`
      : mode === "write"
        ? solid
        : `M0 ${MIDDLE - 3}H${BAR}M0 ${MIDDLE + 3}H${BAR}`;
  const caps = mode === undefined ? "" : `M0.5 ${MIDDLE - 6}v12M${BAR - 0.5} ${MIDDLE - 6}v12`;
  marks.push({
    ...{ shape: "path", key: "bar", d: bar + caps },
    look: dropped
      ? "lockDropped"
      : mode === undefined
        ? "lockFree"
        : mode === "write"
          ? "lockWrite"
          : "lockRead",
  });
  const own = dropped
    ? "not held between the two walks: whoever comes now changes the list"
    : lockText(lock, "free");
  const others = [
    file.memfd.inodeLock,
    ...Object.values(frame.world.vms).flatMap(({ slotsLock, mmuLock }) => [slotsLock, mmuLock]),
  ].filter(({ holders, waiters }) => holders.length + waiters.length > 0);
  const rest = others.map((other) => `${shortLock(frame, other)} ${lockText(other, "free")}`).join("; ");
  const x = BAR + 12;
  marks.push({
    ...{
      shape: "text",
      key: "words",
      look: dropped ? "violationText" : "word",
      x,
      y: MIDDLE + 4.5,
      text: own,
    },
  });
  if (rest !== "")
    marks.push({
      shape: "text",
      key: "rest",
      look: "note",
      x: x + textWidth(own) + 16,
      y: MIDDLE + 4.5,
      text: rest,
    });
  return { height: HEIGHT, marks, says: `rm->lock ${own}.${rest === "" ? "" : ` ${rest}.`}` };
}

const solid = `M0 ${MIDDLE}H${BAR}`;

/** A punch is between its walks and does not hold the lock that keeps the notifiers still (T-b). */
function isDropped(axis: Axis, frame: Frame): boolean {
  const lock = frame.world.files[axis.file]?.lock;
  const names = [...frame.play.scenario.tasks.keys()];
  return toldBy(frame).punches.some(
    ({ file, phase, task }) =>
      file === axis.file &&
      phase === "started" &&
      !lock?.holders.some((holder) => holder.task === names[task]),
  );
}

function lockText({ holders, waiters }: Lock, free: string): string {
  const by = holders.map(({ task }) => task).join(", ");
  const held =
    holders.length === 0 ? free : `held by ${by} ${holders[0]?.mode === "read" ? "for reading" : ""}`.trim();
  return waiters.length === 0 ? held : `${held}, ${waiters.map(({ task }) => task).join(", ")} waiting`;
}

/** Without its owner where there is only one that it could be. */
function shortLock({ world }: Frame, { name }: Lock): string {
  const owners = name.startsWith("vm") ? Object.keys(world.vms) : Object.keys(world.files);
  return owners.length > 1 ? name : name.slice(name.indexOf("/") + 1);
}
