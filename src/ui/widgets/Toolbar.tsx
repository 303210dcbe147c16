// SPDX-License-Identifier: GPL-2.0-only
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useLayoutEffect, useRef } from "react";

export interface ToolbarProps {
  /** What its buttons are for; heard, not shown. */
  label: string;
  className?: string | undefined;
  /** Buttons, at any depth. One that can do nothing now is `aria-disabled` and keeps its place. */
  children: ReactNode;
}

/**
 * Buttons behind one tab stop: the left and right arrow go from one to the next and round, Home and End to the first
 * and last. Whoever clicks goes on with the page's keys: a click leaves no focus behind.
 */
export const Toolbar = memo(function Toolbar({ label, className, children }: ToolbarProps) {
  const toolbar = useRef<HTMLDivElement>(null);
  const stop = useRef<Element>(null);
  const buttons = () => [...(toolbar.current?.querySelectorAll("button") ?? [])];

  const stopAt = (button: Element | undefined): void => {
    stop.current = button ?? null;
    for (const each of buttons()) each.tabIndex = each === button ? 0 : -1;
  };
  useLayoutEffect(() => {
    const all = buttons();
    stopAt(
      all.find((button) => button === stop.current) ?? all.find(({ dataset }) => "stop" in dataset) ?? all[0],
    );
  });

  const pressed = (event: KeyboardEvent): void => {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = buttons();
    const at = all.indexOf(event.target as HTMLButtonElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };

  const clicked = ({ detail, currentTarget }: MouseEvent): void => {
    const { activeElement } = currentTarget.ownerDocument;
    // A click by key or by a screen reader counts no clicks.
    if (detail > 0 && currentTarget.contains(activeElement)) (activeElement as HTMLElement).blur();
  };

  return (
    <div
      ref={toolbar}
      role="toolbar"
      aria-label={label}
      className={className}
      onKeyDown={pressed}
      onClick={clicked}
      onFocus={({ target }) => stopAt(target)}
    >
      {children}
    </div>
  );
});
