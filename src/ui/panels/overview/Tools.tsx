// SPDX-License-Identifier: GPL-2.0-only
import { memo, useState } from "react";
import { useLab, useShown } from "../../store/useLab.ts";
import { storeOf, variantName } from "../../text/index.ts";
import { saveFile } from "../../widgets/saveFile.ts";
import type { CaptureView, Costs } from "../../worker/protocol.ts";
import { dearestPunch } from "./costs.ts";
import styles from "./Overview.module.css";
import { ReadDialog } from "./ReadDialog.tsx";

interface ToolsProps {
  view: CaptureView;
  /** Of the designs on screen. */
  shown: readonly Costs[];
  isZoomed: boolean;
  /** Looks `factor` times nearer at what is shown. */
  onZoom: (factor: number) => void;
  onWhole: () => void;
}

/** What can be done with a recording as a whole. */
export const Tools = memo(function Tools({ view, shown, isZoomed, onZoom, onWhole }: ToolsProps) {
  const lab = useLab();
  const capture = useShown((state) => state.loaded?.capture?.of ?? null);
  const [report, setReport] = useState(false);
  const unread = view.summary?.unread ?? 0;
  function toDearest(costs: Costs): void {
    const dearest = dearestPunch(view, costs);
    if (dearest !== null) void lab.goToOperation(dearest);
  }
  async function save(): Promise<void> {
    if (capture === null) return;
    try {
      saveFile(
        `${view.name.replace(/\.(gz|strace|txt|log|json)\b/g, "")}.scenario.json`,
        new Blob([await capture.text()], { type: "application/json" }),
      );
      lab.tell("The scenario was saved.");
    } catch (error) {
      lab.say(`The scenario could not be saved. ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return (
    <>
      <div className={styles.tools}>
        {shown.map((costs) => (
          <button
            key={costs.variant}
            type="button"
            data-hue={storeOf(costs.variant)}
            title={`To the punch that costs ${variantName(costs.variant)} most: by calls, then by pages freed`}
            onClick={() => toDearest(costs)}
          >
            dearest of {variantName(costs.variant)}
          </button>
        ))}
        <button
          type="button"
          onClick={() => onZoom(4)}
          title="Look nearer in time"
          aria-label="Nearer in time"
        >
          +
        </button>
        <button
          type="button"
          onClick={() => onZoom(1 / 4)}
          disabled={!isZoomed}
          title="Look from farther in time"
          aria-label="Farther in time"
        >
          −
        </button>
        <button type="button" onClick={onWhole} disabled={!isZoomed}>
          all
        </button>
        <button type="button" onClick={lab.toggleOverview} title="The steps of the part that is played (O)">
          steps
        </button>
        <button type="button" onClick={() => setReport(true)} data-wrong={unread > 0}>
          {unread > 0 ? `${unread.toLocaleString("en-GB")} unread` : "what was read"}
        </button>
        <button
          type="button"
          onClick={() => void save()}
          title="All of it as a scenario, to be trimmed and shared"
        >
          save JSON
        </button>
      </div>
      {report ? <ReadDialog view={view} onClose={() => setReport(false)} /> : null}
    </>
  );
});
