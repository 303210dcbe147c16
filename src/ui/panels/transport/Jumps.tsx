// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import { jump } from "../../player/moves.ts";
import { type JumpKind, jumpTime } from "../../store/jumps.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { BackIcon, StepIcon } from "../../widgets/icons.tsx";
import styles from "./Jumps.module.css";

/** Each in the shape and hue that it has in the timeline. */
const MARKS = {
  needed: <path className={styles.needed} d="M2 2h10v10H2z" />,
  punch: <path className={styles.punch} d="M2.75 2.75h8.5v8.5h-8.5zM3 11l8-8" />,
  finding: <path className={styles.finding} d="M7 .5L13.5 7 7 13.5.5 7z" />,
} satisfies Partial<Record<JumpKind, ReactNode>>;

/** The buttons that lead to the next place where something happens. */
export const Jumps = memo(function Jumps() {
  return (
    <div className={styles.jumps}>
      <Jump kind="needed" by={-1} label="Previous needed call" keys="Shift+N" />
      <Jump kind="needed" by={1} label="Next needed call" keys="N" word="needed call" />
      <Jump kind="punch" by={1} label="Next punch" keys="H" word="punch" />
      <Jump kind="finding" by={1} label="Next finding" keys="F" word="finding" />
    </div>
  );
});

interface JumpProps {
  kind: keyof typeof MARKS;
  by: 1 | -1;
  label: string;
  keys: string;
  /** Where there is room, what stands on it. */
  word?: string;
}

const Jump = memo(function Jump({ kind, by, label, keys, word }: JumpProps) {
  const lab = useLab();
  const leads = useShown(({ loaded, time }) => loaded !== null && jumpTime(loaded, kind, time, by) !== null);
  return (
    <button
      type="button"
      className={styles.jump}
      aria-label={label}
      aria-keyshortcuts={keys}
      aria-disabled={!leads || undefined}
      title={label}
      onClick={() => jump(lab, kind, by)}
    >
      {by < 0 ? <BackIcon /> : null}
      <svg className={styles.mark} viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
        {MARKS[kind]}
      </svg>
      {word === undefined ? null : <span className={styles.word}>{word}</span>}
      {by > 0 ? <StepIcon /> : null}
    </button>
  );
});
