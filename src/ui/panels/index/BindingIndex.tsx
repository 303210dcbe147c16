// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { isLongList, listScene } from "../../scene/listScene.ts";
import { treeScene } from "../../scene/treeScene.ts";
import { storeOf } from "../../text/index.ts";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

interface BindingIndexProps {
  axis: Axis;
  frame: Frame;
}

/** Fetched with the first scenario that has more than a handful of memslots. */
const raster = onDemand(() => import("./ListRaster.tsx"));

/** How the file finds whom to call: its list of notifiers, or the nodes of its xarray. */
export const BindingIndex = memo(function BindingIndex({ axis, frame }: BindingIndexProps) {
  if (!isLongList(axis, frame))
    return (
      <Touch axis={axis} frame={frame} row="index" name={indexName(frame)}>
        <SceneRow axis={axis} frame={frame} />
      </Touch>
    );
  return (
    <Demanded part={raster} what="raster of the list">
      {({ ListRaster }) => <ListRaster axis={axis} frame={frame} />}
    </Demanded>
  );
});

function SceneRow({ axis, frame }: BindingIndexProps) {
  const scene = useMemo(() => listScene(axis, frame) ?? treeScene(axis, frame), [axis, frame]);
  return scene === null ? null : <Row axis={axis} frame={frame} scene={scene} />;
}

const indexName = ({ play }: Frame) =>
  storeOf(play.variant) === "list" ? "Notifiers" : "Nodes of the xarray";
