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
  /** It can do nothing now. The focus may stay on it: a button that is pressed to the end does not lose its place. */
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
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      data-stop={shape === "round" ? "" : undefined}
    >
      {icon}
    </button>
  );
});
