// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";

const overview = onDemand(() => import("./Overview.tsx"));

/** The overview of a recording, fetched when the first one is shown. */
export const OverviewOnDemand = memo(function OverviewOnDemand({ width }: { width: number }) {
  return (
    <Demanded part={overview} what="overview">
      {({ Overview }) => <Overview width={width} />}
    </Demanded>
  );
});
