// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { pagesScene } from "../../scene/pagesScene.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

/** The pages of the shown file. */
export const FilePages = memo(function FilePages({ axis, frame }: { axis: Axis; frame: Frame }) {
  const scene = useMemo(() => pagesScene(axis, frame), [axis, frame]);
  return (
    <Touch axis={axis} frame={frame} row="pages" name="File pages">
      <Row axis={axis} frame={frame} scene={scene} />
    </Touch>
  );
});
