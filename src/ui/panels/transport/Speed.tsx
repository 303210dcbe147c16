// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { SPEEDS } from "../../player/speeds.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { Select } from "../../widgets/Select.tsx";
import styles from "./Transport.module.css";

const OPTIONS = SPEEDS.map((speed) => ({ value: `${speed}`, text: `${speed}×` }));

/** How fast it plays. */
export const Speed = memo(function Speed() {
  const lab = useLab();
  const speed = useShown((state) => state.speed);
  return (
    <div className={styles.speed}>
      <span className={styles.word} aria-hidden="true">
        Speed
      </span>
      <Select
        label="Speed"
        options={OPTIONS}
        value={`${speed}`}
        onChange={(chosen) => lab.setSpeed(Number(chosen))}
      />
    </div>
  );
});
