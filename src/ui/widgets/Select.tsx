// SPDX-License-Identifier: GPL-2.0-only
import { memo, useRef } from "react";
import { DownIcon } from "./icons.tsx";
import styles from "./Select.module.css";

export interface Option<Value extends string> {
  value: Value;
  /** The words in the list. */
  text: string;
}

export interface SelectProps<Value extends string> {
  /** What is chosen here; heard, not shown. */
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

function SelectOf<Value extends string>({ label, options, value, onChange }: SelectProps<Value>) {
  const chosen = (text: string) => options.find((option) => option.value === text)?.value ?? value;
  const byPointer = useRef(false);
  return (
    <span className={styles.frame}>
      <select
        className={styles.select}
        aria-label={label}
        value={value}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
        onChange={(event) => {
          onChange(chosen(event.currentTarget.value));
          // Whoever chose with the mouse goes on with the page's keys; here the arrows would choose again.
          if (byPointer.current) event.currentTarget.blur();
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <DownIcon />
    </span>
  );
}

/** One of many, in a list that opens. The browser's own, because it knows every keyboard and every reader. */
export const Select = memo(SelectOf) as typeof SelectOf;
