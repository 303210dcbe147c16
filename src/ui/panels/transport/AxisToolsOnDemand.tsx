// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import type { Both } from "../../store/clock.ts";
import { useShown } from "../../store/useLab.ts";
import { zoomChanges } from "../../store/zoom.ts";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";

const tools = onDemand(() => import("./AxisTools.tsx"));

/** The tools of the page axis, where there is anything to choose: not in a file that is seen whole. */
export const AxisToolsOnDemand = memo(function AxisToolsOnDemand({ frames }: { frames: Both<Frame> }) {
  const zoom = useShown((state) => state.zoom);
  const file = useShown((state) => state.file);
  const isChoice =
    frames[0].play.scenario.files.size > 1 ||
    [1, -1].some((by) => zoomChanges(frames, zoom, file, by as 1 | -1));
  return isChoice ? (
    <Demanded part={tools} what="tools of the page axis">
      {({ AxisTools }) => <AxisTools frames={frames} />}
    </Demanded>
  ) : null;
});
