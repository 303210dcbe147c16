// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";

const timeline = onDemand(() => import("./Timeline.tsx"));

/** The timeline, fetched when it is first asked for: the opening page does without it. */
export const TimelineOnDemand = memo(function TimelineOnDemand({ width }: { width: number }) {
  return (
    <Demanded part={timeline} what="timeline">
      {({ Timeline }) => <Timeline width={width} />}
    </Demanded>
  );
});
