// SPDX-License-Identifier: GPL-2.0-only
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./Button.tsx";
import styles from "./Dialog.module.css";

export interface DialogProps {
  title: ReactNode;
  /** What the part that scrolls holds, for those who listen. */
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A text over the page, with the focus on the text so that the arrows scroll it. Esc or the button ends it; the focus
 * goes back to where it was then.
 */
export function Dialog({ title, label, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
    body.current?.focus();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section ref={body} className={styles.body} aria-label={label} tabIndex={0}>
        {children}
      </section>
    </dialog>
  );
}
