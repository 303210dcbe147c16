// SPDX-License-Identifier: GPL-2.0-only
import { type CSSProperties, memo } from "react";
import styles from "./Slider.module.css";

export interface SliderProps {
  label: string;
  /** An integer from 0 to `max`, both included. */
  value: number;
  max: number;
  onChange: (value: number) => void;
  /** The value as a sentence for those who listen: "step 14 of 36". */
  valueText: string;
  /** Page Up (+1) and Page Down (-1) go where this leads. */
  onPage: (by: 1 | -1) => void;
}

const PAGE_KEYS: Readonly<Record<string, 1 | -1>> = { PageUp: 1, PageDown: -1 };

/**
 * A line with a thumb that stops at every integer. The arrows, Home and End are the browser's.
 * The thumb's middle runs from the left edge of the box to the right one, so marks drawn at `value / max` of the
 * same width stand exactly above it.
 */
export const Slider = memo(function Slider({ label, value, max, onChange, valueText, onPage }: SliderProps) {
  const filled = { "--filled": max === 0 ? 0 : value / max } as CSSProperties;
  return (
    <div className={styles.slider} style={filled}>
      <input
        type="range"
        className={styles.input}
        aria-label={label}
        aria-valuetext={valueText}
        min={0}
        max={max}
        step={1}
        value={value}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        onKeyDown={(event) => {
          const by = PAGE_KEYS[event.key];
          if (by === undefined) return;
          event.preventDefault();
          onPage(by);
        }}
      />
    </div>
  );
});
