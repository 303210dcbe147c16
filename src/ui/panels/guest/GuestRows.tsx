// SPDX-License-Identifier: GPL-2.0-only
import { Fragment, memo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { leavesScene } from "../../scene/leavesScene.ts";
import { useShown } from "../../store/useLab.ts";
import { tlbScene } from "../../scene/tlbScene.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";
import { GuestSide } from "./GuestSide.tsx";

interface GuestRowsProps {
  axis: Axis;
  frame: Frame;
  /** Whose rows. */
  vms: readonly string[];
}

/** Of each VM what its guest has mapped, by the size of the leaves, and under it a row for each of its vCPUs. */
export const GuestRows = memo(function GuestRows({ axis, frame, vms }: GuestRowsProps) {
  const isAlone = useShown(({ loaded }) => loaded !== null && loaded.only !== null);
  return vms.map((vm) => (
    <Fragment key={vm}>
      <Touch axis={axis} frame={frame} row="leaves" vm={vm} name={`Guest mappings of ${vm}`}>
        <Row axis={axis} frame={frame} scene={leavesScene(axis, frame, vm)} />
      </Touch>
      {frame.world.vms[vm]?.vcpus.map(({ id }) => (
        <TlbRow key={id} axis={axis} frame={frame} vm={vm} id={id} />
      ))}
      {isAlone ? <GuestSide axis={axis} frame={frame} vm={vm} /> : null}
    </Fragment>
  ));
});

interface TlbRowProps {
  axis: Axis;
  frame: Frame;
  vm: string;
  id: number;
}

/** Not kept: what is in it changes with most steps, and it holds a handful of marks. */
function TlbRow({ axis, frame, vm, id }: TlbRowProps) {
  return (
    <Touch axis={axis} frame={frame} row="tlb" vm={vm} own={id} name={`TLB of vCPU ${id} of ${vm}`}>
      <Row axis={axis} frame={frame} scene={tlbScene(axis, frame, vm, id)} />
    </Touch>
  );
}
