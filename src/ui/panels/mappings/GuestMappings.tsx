// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { mappingsScene } from "../../scene/mappingsScene.ts";
import { vmsReaching } from "../../scene/reached.ts";
import { useShown } from "../../store/useLab.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import { guestPart } from "../guest/guestPart.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

/** What each VM's guest has mapped of the shown pages, a row a VM; where vCPUs run, these too. */
export const GuestMappings = memo(function GuestMappings({ axis, frame }: { axis: Axis; frame: Frame }) {
  const rows = useMemo(
    () => vmsReaching(axis, frame).map((vm) => ({ vm, scene: mappingsScene(axis, frame, vm) })),
    [axis, frame],
  );
  const runs = Object.values(frame.world.vms).some(({ vcpus }) => vcpus.length > 0);
  const isAlone = useShown(({ loaded }) => loaded !== null && loaded.only !== null);
  const guest = useDemanded(guestPart, runs || isAlone);
  return guest === null ? (
    rows.map(({ vm, scene }) => (
      <Touch key={vm} axis={axis} frame={frame} row="mappings" vm={vm} name={`Guest mappings of ${vm}`}>
        <Row axis={axis} frame={frame} scene={scene} />
      </Touch>
    ))
  ) : (
    <guest.GuestRows axis={axis} frame={frame} vms={rows.map(({ vm }) => vm)} />
  );
});
