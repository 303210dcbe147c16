// SPDX-License-Identifier: GPL-2.0-only
import { Button } from "../../widgets/Button.tsx";
import { benchText } from "../../text/fanout/sentences.ts";
import styles from "./Status.module.css";
import type { OwnWalks } from "./useOwnWalks.ts";

/** Times the walks of this page's own code, on this computer. */
export function Bench({ timed, onRun }: { timed: OwnWalks; onRun: () => void }) {
  const { walks, isRunning, trouble } = timed;
  return (
    <div className={styles.status}>
      <Button disabled={isRunning} onClick={onRun}>
        Time the walks here
      </Button>
      <p role="status">
        {trouble ??
          (isRunning
            ? "Timing this page's own list and xarray."
            : walks.length === 0
              ? "Times this page's own list and xarray on this computer, and puts them on the chart as crosses."
              : benchText(walks))}
      </p>
    </div>
  );
}
