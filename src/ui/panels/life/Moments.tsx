// SPDX-License-Identifier: GPL-2.0-only
import { type KeyboardEvent, type MouseEvent, memo, useId, useLayoutEffect, useRef, useState } from "react";
import type { OperationSteps } from "../../../engine/index.ts";
import type { Moment } from "../../scene/lifeMoment.ts";
import { SIGNS } from "../../scene/lifeSigns.ts";
import { Sample } from "../key/MarkKey.tsx";
import styles from "./Life.module.css";
import { giveBack, takeFocus } from "./listFocus.ts";
import { nowOf, placeText, rowFor } from "./places.ts";

interface MomentsProps {
  moments: readonly Moment[];
  operations: readonly OperationSteps[];
  /** That is shown. */
  step: number;
  /** What the list is, for those who listen. */
  label: string;
  onGoTo: (step: number) => void;
}

/** A list box with one tab stop: the arrows move in it, Enter goes to the moment. A step brings its own into view. */
export const Moments = memo(function Moments({ moments, operations, step, label, onGoTo }: MomentsProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const now = nowOf(moments, step);
  const [stand, setStand] = useState({ step, row: now });
  if (stand.step !== step) setStand({ step, row: now });
  const row = Math.min(stand.step === step ? stand.row : now, moments.length - 1);

  useLayoutEffect(() => {
    const shown = box.current?.children[row] as HTMLElement | undefined;
    if (box.current !== null && shown !== undefined) bringIntoView(box.current, shown);
  }, [row]);

  useLayoutEffect(() => {
    const list = box.current;
    if (list === null) return;
    takeFocus(list);
    return () => giveBack(list);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = rowFor(event.key, row, moments.length);
    const chosen = moments[row];
    if (to !== null) setStand({ step, row: to });
    else if ((event.key === "Enter" || event.key === " ") && chosen !== undefined) onGoTo(chosen.step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = ({ target }: MouseEvent) => {
    const clicked = (target as Element).closest<HTMLElement>("[data-step]");
    if (clicked !== null) onGoTo(Number(clicked.dataset.step));
  };

  return (
    <div
      ref={box}
      role="listbox"
      className={styles.moments}
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={`${id}-${row}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {moments.map((moment, k) => (
        <div
          key={moment.key}
          id={`${id}-${k}`}
          role="option"
          tabIndex={-1}
          className={styles.moment}
          data-step={moment.step}
          data-kind={moment.kind}
          data-when={moment.step > step ? "later" : moment.step === step ? "now" : "past"}
          data-next={k === now + 1 || undefined}
          aria-current={moment.step === step ? "step" : undefined}
          aria-selected={k === row}
        >
          <span className={styles.step}>
            {moments[k - 1]?.step === moment.step ? "" : placeText(moment.step, operations)}
          </span>
          <Sample entry={{ word: moment.kind, marks: SIGNS[moment.kind] }} />
          <span className={styles.text}>{moment.text}</span>
        </div>
      ))}
    </div>
  );
});

/** Scrolls `box`, and nothing around it, by whole lines until `row` and what is around it can be seen. */
function bringIntoView(box: HTMLElement, row: HTMLElement): void {
  const [top, end] = [row.offsetTop, row.offsetTop + row.offsetHeight];
  const line = Number.parseFloat(getComputedStyle(box).lineHeight);
  const around = Math.min(row.offsetHeight, (box.clientHeight - row.offsetHeight) / 2);
  const margin = Math.max(0, Math.floor(around / line) * line);
  if (top - margin < box.scrollTop) box.scrollTop = top - margin;
  else if (end + margin > box.scrollTop + box.clientHeight) box.scrollTop = end + margin - box.clientHeight;
}
