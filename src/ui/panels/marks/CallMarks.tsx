// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { callsScene } from "../../scene/callsScene.ts";
import { Row } from "../row/Row.tsx";
import { Touch } from "../row/Touch.tsx";

/** Starts and ends, as two squares under each memslot that was called. */
export const CallMarks = memo(function CallMarks({ axis, frame }: { axis: Axis; frame: Frame }) {
  const scene = useMemo(() => callsScene(axis, frame), [axis, frame]);
  return (
    <Touch axis={axis} frame={frame} row="calls" name="Start and end calls">
      <Row axis={axis} frame={frame} scene={scene} />
    </Touch>
  );
});
