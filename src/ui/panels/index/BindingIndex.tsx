// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { listScene } from "../../scene/listScene.ts";
import { treeScene } from "../../scene/treeScene.ts";
import { Row } from "../row/Row.tsx";

/** How the file finds whom to call: its list of notifiers, or the nodes of its xarray. */
export const BindingIndex = memo(function BindingIndex({ axis, frame }: { axis: Axis; frame: Frame }) {
  const scene = useMemo(() => listScene(axis, frame) ?? treeScene(axis, frame), [axis, frame]);
  return scene === null ? null : <Row axis={axis} scene={scene} />;
});
