// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import { findingText, listText, variantName } from "../../text/index.ts";
import styles from "./BrokenSoFar.module.css";

/** Which invariants a design has broken by the shown step, from the moment on that it did. Leads to the first. */
export const BrokenSoFar = memo(function BrokenSoFar({
  frame: { play, step },
  onGoTo,
}: {
  frame: Frame;
  onGoTo: (step: number) => void;
}) {
  const broken = play.findings.filter((finding) => finding.step <= step);
  const [first] = broken;
  if (first === undefined) return <span />;
  const names = [...new Set(broken.map(({ invariant }) => invariant))];
  const text = `${listText(names)} broken`;
  return (
    <button
      type="button"
      className={styles.broken}
      aria-label={`${text} under ${variantName(play.variant)}: show where it began`}
      title={findingText(first, play)}
      onClick={() => onGoTo(first.step)}
    >
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d="M2 2l8 8m0-8l-8 8" />
      </svg>
      {text}
    </button>
  );
});
