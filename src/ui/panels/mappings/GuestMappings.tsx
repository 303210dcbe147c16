// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { mappingsScene } from "../../scene/mappingsScene.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

/** What each VM's guest has mapped of the shown pages, a row a VM. */
export const GuestMappings = memo(function GuestMappings({ axis, frame }: { axis: Axis; frame: Frame }) {
  const rows = useMemo(
    () => Object.keys(frame.world.vms).map((vm) => ({ vm, scene: mappingsScene(axis, frame, vm) })),
    [axis, frame],
  );
  return rows.map(({ vm, scene }) => (
    <Touch key={vm} axis={axis} frame={frame} row="mappings" vm={vm} name={`Guest mappings of ${vm}`}>
      <Row axis={axis} frame={frame} scene={scene} />
    </Touch>
  ));
});
