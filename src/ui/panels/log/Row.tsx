// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Play } from "../../../engine/index.ts";
import { sentence } from "../../text/sentence.ts";
import styles from "./EventLog.module.css";
import type { EventRow } from "./rows.ts";

export interface RowProps extends EventRow {
  id: string;
  play: Play;
  when: "past" | "now" | "later";
  /** The number of the step is written in front. */
  numbered: boolean;
  active: boolean;
  /** Which of how many it is, counting from 1. */
  position: number;
  count: number;
}

/** One event. Drawn again only where something of its own has changed. */
export const Row = memo(function Row(props: RowProps) {
  const { id, play, step, record, event, when, numbered, active, position, count } = props;
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      className={styles.row}
      data-step={step}
      data-when={when}
      aria-current={when === "now" ? "step" : undefined}
      aria-selected={active}
      aria-setsize={count}
      aria-posinset={position}
    >
      <span className={styles.step}>{numbered ? step : ""}</span>
      <span>{sentence(event, record, play)}</span>
    </div>
  );
});
