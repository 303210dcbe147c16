// SPDX-License-Identifier: GPL-2.0-only
import type { Axis } from "../../scene/axis.ts";
import { widthOf } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { gfnStripScene } from "../../scene/gfnStripScene.ts";
import { walkScene } from "../../scene/walkScene.ts";
import { Row } from "../row/Row.tsx";

/** Of one VM, where a design is shown alone: all of its guest memory, and the way through its tables to one gfn. */
export function GuestSide({ axis, frame, vm }: { axis: Axis; frame: Frame; vm: string }) {
  const walk = walkScene(axis, frame, vm);
  return (
    <>
      <Row axis={axis} frame={frame} scene={gfnStripScene(frame, vm, widthOf(axis))} />
      {walk.height === 0 ? null : <Row axis={axis} frame={frame} scene={walk} />}
    </>
  );
}
