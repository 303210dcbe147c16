// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { rulerScene } from "../../scene/rulerScene.ts";
import { Row } from "../row/Row.tsx";
import strip from "../row/Strip.module.css";
import { Touch } from "../row/Touch.tsx";

/** The page offsets of the window, above both designs, and the name of the punched range. */
export const Ruler = memo(function Ruler({ axis, frames }: { axis: Axis; frames: readonly Frame[] }) {
  const scene = useMemo(() => rulerScene(axis, frames), [axis, frames]);
  const [frame] = frames;
  return (
    <div className={`${strip.strip} ${strip.bare}`}>
      {frame === undefined ? null : (
        <Touch axis={axis} frame={frame} row="ruler">
          <Row axis={axis} scene={scene} />
        </Touch>
      )}
    </div>
  );
});
