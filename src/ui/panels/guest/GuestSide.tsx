// SPDX-License-Identifier: GPL-2.0-only
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { gfnStripScene } from "../../scene/gfnStripScene.ts";
import { pickedGfn } from "../../scene/walkGfn.ts";
import { walkScene } from "../../scene/walkScene.ts";
import { useShown } from "../../store/useLab.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

/**
 * Of one VM, where a design is shown alone: all of its guest memory, and the way through its tables to one gfn, which
 * is the pinned one where one is.
 */
export function GuestSide({ axis, frame, vm }: { axis: Axis; frame: Frame; vm: string }) {
  const picked = pickedGfn(
    frame,
    vm,
    useShown(({ pinned }) => pinned),
  );
  const walk = walkScene(axis, frame, vm, picked);
  return (
    <>
      <Touch axis={axis} frame={frame} row="gfns" vm={vm} name={`Guest memory of ${vm}`}>
        <Row axis={axis} frame={frame} scene={gfnStripScene(axis, frame, vm)} />
      </Touch>
      {walk.height === 0 ? null : (
        <Touch axis={axis} frame={frame} row="walk" vm={vm} own={picked} name={`Table walk of ${vm}`}>
          <Row axis={axis} frame={frame} scene={walk} />
        </Touch>
      )}
    </>
  );
}
