// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { lockScene } from "../../scene/lockScene.ts";
import { Row } from "../row/Row.tsx";

/** Who holds the file's lock, and which other locks are held. */
export const Locks = memo(function Locks({ axis, frame }: { axis: Axis; frame: Frame }) {
  return <Row axis={axis} scene={useMemo(() => lockScene(axis, frame), [axis, frame])} />;
});
