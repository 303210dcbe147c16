// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { VARIANTS } from "../../../engine/index.ts";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import { MEASURE_IDS, MEASURE_TEXTS } from "../../text/fanout/names.ts";
import { variantName } from "../../text/variant.ts";
import { Select } from "../../widgets/Select.tsx";
import { DesignSign } from "./DesignSign.tsx";
import styles from "./Lines.module.css";

interface LinesProps {
  settings: FanoutSettings;
  set: (change: Partial<FanoutSettings>) => void;
}

/** What the chart shows, and which designs have a line in it: the legend is the switch. */
export const Lines = memo(function Lines({ settings, set }: LinesProps) {
  const { lines, y } = settings;
  return (
    <div className={styles.lines}>
      <Select
        label="What the chart shows"
        options={MEASURE_IDS.map((value) => ({ value, text: MEASURE_TEXTS[value].title }))}
        value={y}
        onChange={(next) => set({ y: next })}
      />
      {VARIANTS.map((variant) => (
        <label key={variant} className={styles.line}>
          <input
            type="checkbox"
            checked={lines.includes(variant)}
            // One line there always is.
            disabled={lines.length === 1 && lines.includes(variant)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              set({ lines: VARIANTS.filter((one) => (one === variant ? isOn : lines.includes(one))) });
            }}
          />
          <DesignSign variant={variant} />
          {variantName(variant)}
        </label>
      ))}
    </div>
  );
});
