// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import type { EventLogProps } from "./EventLog.tsx";

const log = onDemand(() => import("./EventLog.tsx"));

/** The event log, fetched when it is first asked for: the timeline stands in its place until then. */
export const LogOnDemand = memo(function LogOnDemand(props: EventLogProps) {
  return (
    <Demanded part={log} what="event log">
      {({ EventLog }) => <EventLog {...props} />}
    </Demanded>
  );
});
