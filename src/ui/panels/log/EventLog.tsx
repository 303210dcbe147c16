// SPDX-License-Identifier: GPL-2.0-only
import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo, useId } from "react";
import type { Frame } from "../../scene/frame.ts";
import { countText } from "../../text/number.ts";
import { storeOf, variantName } from "../../text/variant.ts";
import styles from "./EventLog.module.css";
import { Row } from "./Row.tsx";
import { usePlace } from "./usePlace.ts";
import { ROW, ROWS, rowForKey, topMax } from "./window.ts";

export interface EventLogProps {
  frames: readonly [Frame, Frame];
  /** A row was chosen: show the play of `design` after `step` steps. */
  onGoTo: (design: 0 | 1, step: number) => void;
}

/** What both designs have done and are going to do, one sentence an event. */
export const EventLog = memo(function EventLog({ frames, onGoTo }: EventLogProps) {
  return (
    <div className={styles.log}>
      {([0, 1] as const).map((design) => (
        <DesignLog key={design} frame={frames[design]} onGoTo={(step) => onGoTo(design, step)} />
      ))}
    </div>
  );
});

/** A list box with one tab stop: the arrows move in it, Enter goes to the step of the row. */
function DesignLog({ frame: { play, step }, onGoTo }: { frame: Frame; onGoTo: (step: number) => void }) {
  const id = useId();
  const { rows, top, active, box, list, bringTo, onScroll } = usePlace(play, step);
  const { count } = rows;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const row = rowForKey(event.key, active, count);
    if (row !== null) bringTo(row);
    else if (event.key === "Enter" || event.key === " ") onGoTo(rows.at(active).step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = ({ target }: MouseEvent) => {
    const clicked = (target as Element).closest<HTMLElement>("[data-step]");
    if (clicked !== null) onGoTo(Number(clicked.dataset.step));
  };

  const sizes = {
    "--rest": `${topMax(count) * ROW}px`,
    "--digits": `${String(play.recording.steps.length).length}ch`,
  } as CSSProperties;
  const shown = Array.from({ length: Math.max(0, Math.min(ROWS, count - top)) }, (_, k) => top + k);
  return (
    <section className={styles.design} data-hue={storeOf(play.variant)}>
      <h3 className={styles.name} id={id}>
        {variantName(play.variant)} <span className={styles.count}>{countText(count, "event")}</span>
      </h3>
      <div ref={box} className={styles.box} onScroll={onScroll}>
        <div className={styles.all} style={sizes}>
          <div
            ref={list}
            role="listbox"
            className={styles.rows}
            tabIndex={0}
            aria-labelledby={id}
            aria-activedescendant={shown.includes(active) ? `${id}-${active}` : undefined}
            onKeyDown={onKeyDown}
            onClick={onClick}
          >
            {shown.map((row) => {
              const told = rows.at(row);
              return (
                <Row
                  key={row}
                  {...told}
                  id={`${id}-${row}`}
                  play={play}
                  when={told.step < step ? "past" : told.step === step ? "now" : "later"}
                  numbered={told.leads || row === top}
                  active={row === active}
                  position={row + 1}
                  count={count}
                />
              );
            })}
          </div>
        </div>
      </div>
    </section>
  );
}
