// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import styles from "./IconButton.module.css";

export interface IconButtonProps {
  /** What it does, as a listener hears it and a pointer that rests on it reads it: "Step forward". */
  label: string;
  /** One of icons.tsx. */
  icon: ReactNode;
  onClick: () => void;
  /** `round` is the filled disc in the middle of the transport. */
  shape?: "plain" | "round";
  disabled?: boolean;
  /** The keys that do the same, as aria-keyshortcuts spells them: "ArrowRight". */
  keys?: string;
}

/** A button with a picture on it. */
export const IconButton = memo(function IconButton({
  label,
  icon,
  onClick,
  shape = "plain",
  disabled = false,
  keys,
}: IconButtonProps) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[shape]}`}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={label}
      onClick={onClick}
      disabled={disabled}
    >
      {icon}
    </button>
  );
});
