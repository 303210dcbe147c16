// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import styles from "./Kbd.module.css";

/** The name of a key, as it stands on a keyboard; for an arrow LeftIcon or RightIcon, which the fonts lack. */
export const Kbd = memo(function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
});
