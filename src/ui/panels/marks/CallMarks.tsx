// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { callsScene } from "../../scene/callsScene.ts";
import { Row } from "../row/Row.tsx";

/** Starts and ends, as two squares under each memslot that was called. */
export const CallMarks = memo(function CallMarks({ axis, frame }: { axis: Axis; frame: Frame }) {
  return <Row axis={axis} frame={frame} scene={useMemo(() => callsScene(axis, frame), [axis, frame])} />;
});
