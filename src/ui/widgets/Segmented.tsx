// SPDX-License-Identifier: GPL-2.0-only
import { memo, useId } from "react";
import styles from "./Segmented.module.css";
import type { Option } from "./Select.tsx";

export interface SegmentedProps<Value extends string> {
  /** What is chosen here; heard, not shown. */
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

function SegmentedOf<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.group} aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={styles.segment}>
          <input
            type="radio"
            name={name}
            className={styles.radio}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}

/** One of a few, side by side. Radio buttons underneath: Tab finds the group, the arrows move in it. */
export const Segmented = memo(SegmentedOf) as typeof SegmentedOf;
