// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Frame } from "../../scene/frame.ts";
import type { Brackets } from "../../scene/vmBrackets.ts";
import { instrumentsOf } from "../../scene/vmInstrument.ts";
import { countText } from "../../text/number.ts";
import styles from "./Instruments.module.css";

interface InstrumentsProps {
  frame: Frame;
  /** Which of them; all that there is room for where nothing is said. */
  only?: "wrong";
}

/** What a fault finds in each VM before it may map: the count with its brackets, the sequence, the tracked range. */
export const Instruments = memo(function Instruments({ frame, only }: InstrumentsProps) {
  const all = useMemo(() => instrumentsOf(frame), [frame]);
  const shown = only === undefined ? all.shown : all.shown.filter(({ isWrong }) => isWrong);
  const more = only === undefined ? all.more : 0;
  const isOneVm = all.shown.length + all.more === 1;
  if (shown.length === 0) return null;
  return (
    <ul className={styles.instruments} aria-label="What holds faults off">
      {shown.map(({ vm, count, brackets, word, isWrong, seq, range, holds, why, says }) => (
        <li key={vm} data-wrong={isWrong} data-vm={vm}>
          <p className="spoken">{says}</p>
          <p aria-hidden="true">
            {isOneVm ? null : <i>{vm}</i>} in_progress <strong>{count}</strong>
            <Glyphs brackets={brackets} />
            <b>{word}</b>
            <span>
              seq {seq} <em data-holds={holds}>{range}</em>
            </span>
          </p>
          {why === null ? null : <p aria-hidden="true">{why}</p>}
        </li>
      ))}
      {more === 0 ? null : <li>{countText(more, "more VM")}</li>}
    </ul>
  );
});

/** Brackets of a kind that are drawn; the count tells how many there are. */
const DRAWN_MAX = 3;

/** `[` for each start that waits for its end, dashed where none will come, `]` for an end alone; at rest a pair. */
function Glyphs({ brackets: { open, lost, lone } }: { brackets: Brackets }) {
  const of = (kind: "open" | "lost" | "lone", count: number) =>
    Array.from({ length: Math.min(count, DRAWN_MAX) }, () => kind);
  const all = [...of("lost", lost), ...of("open", open), ...of("lone", lone)];
  if (all.length === 0)
    return (
      <svg width="17" height="14" aria-hidden="true">
        <path data-bracket="closed" d="M5 2h-4v10h4M12 2h4v10h-4" />
      </svg>
    );
  return (
    <svg width={all.length * 9} height="14" aria-hidden="true">
      {all.map((kind, k) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: they are told apart by their place alone
          key={k}
          data-bracket={kind}
          d={kind === "lone" ? `M${9 * k + 2} 2h4v10h-4` : `M${9 * k + 7} 2h-4v10h4`}
        />
      ))}
    </svg>
  );
}
