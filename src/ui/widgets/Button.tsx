// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import styles from "./Button.module.css";

export interface ButtonProps {
  /** The word on it. */
  children: ReactNode;
  onClick: () => void;
  /** The one thing that a view is for is primary; everything else is plain. */
  kind?: "plain" | "primary";
  disabled?: boolean;
  /** For a button that turns something on and off: whether it is on. */
  pressed?: boolean;
  /** The keys that do the same, as aria-keyshortcuts spells them. */
  keys?: string;
}

/** A button with a word on it. */
export const Button = memo(function Button({
  children,
  onClick,
  kind = "plain",
  disabled = false,
  pressed,
  keys,
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[kind]}`}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      onClick={onClick}
      disabled={disabled}
    >
      {children}
    </button>
  );
});
