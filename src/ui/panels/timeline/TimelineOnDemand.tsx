// SPDX-License-Identifier: GPL-2.0-only
import { memo, useSyncExternalStore } from "react";
import { Button } from "../../widgets/Button.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import styles from "./TimelineOnDemand.module.css";

const timeline = onDemand(() => import("./Timeline.tsx"));

/** The timeline, fetched when it is first asked for: the opening page does without it. */
export const TimelineOnDemand = memo(function TimelineOnDemand({ width }: { width: number }) {
  const loaded = useSyncExternalStore(timeline.subscribe, timeline.get);
  if (loaded.state === "ready") return <loaded.value.Timeline width={width} />;
  if (loaded.state === "loading") return <p className={styles.loading}>Loading the timeline.</p>;
  return (
    <div className={styles.failed} role="alert">
      <p>The timeline could not be loaded. See that the page is still being served. ({loaded.why})</p>
      <Button onClick={timeline.retry}>Retry</Button>
    </div>
  );
});
