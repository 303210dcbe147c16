// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { isLongList, listScene } from "../../scene/listScene.ts";
import type { Scene } from "../../scene/mark.ts";
import { treeScene } from "../../scene/treeScene.ts";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

interface BindingIndexProps {
  axis: Axis;
  frame: Frame;
}

/** Fetched with the first scenario that has more than a handful of memslots. */
const raster = onDemand(() => import("../../scene/rasterScene.ts"));

/** How the file finds whom to call: its list of notifiers, or the nodes of its xarray. */
export const BindingIndex = memo(function BindingIndex({ axis, frame }: BindingIndexProps) {
  if (!isLongList(axis, frame))
    return (
      <Touch axis={axis} frame={frame} row="index" name={indexName(axis, frame)}>
        <SceneRow axis={axis} frame={frame} sceneOf={indexScene} />
      </Touch>
    );
  return (
    <Demanded part={raster} what="raster of the list">
      {({ rasterScene }) => <SceneRow axis={axis} frame={frame} sceneOf={rasterScene} />}
    </Demanded>
  );
});

interface SceneRowProps extends BindingIndexProps {
  sceneOf: (axis: Axis, frame: Frame) => Scene | null;
}

function SceneRow({ axis, frame, sceneOf }: SceneRowProps) {
  const scene = useMemo(() => sceneOf(axis, frame), [axis, frame, sceneOf]);
  return scene === null ? null : <Row axis={axis} frame={frame} scene={scene} />;
}

const indexName = (axis: Axis, { world }: Frame) =>
  world.files[axis.file]?.keeps === "list" ? "Notifiers" : "Nodes of the xarray";

const indexScene = (axis: Axis, frame: Frame) => listScene(axis, frame) ?? treeScene(axis, frame);
