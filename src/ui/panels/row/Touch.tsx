// SPDX-License-Identifier: GPL-2.0-only
import { type ReactNode, useId, useState } from "react";
import { type Axis, widthOf } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import type { StripRow } from "../../scene/objects.ts";
import { useShown } from "../../store/useLab.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import { type Hands, Hint } from "./Hint.tsx";
import styles from "./Touch.module.css";
import { touchPart } from "./touchPart.ts";
import { useEarly } from "./useEarly.ts";

export interface TouchProps {
  axis: Axis;
  frame: Frame;
  row: StripRow["row"];
  /** Of a row of a guest, else empty. */
  vm?: string;
  /** Which vCPU's row it is, or which gfn was picked for a walk. */
  own?: number | null;
  /** What the row is, for those who listen. A row without a name is no tab stop: another one has its objects. */
  name?: string;
  /** The row itself, whose sentence describes it. */
  children: ReactNode;
}

/**
 * A row whose objects can be pointed at: by hovering, or with the arrows once it has the focus. It is one tab stop,
 * however many objects it has, and draws what is lit over the row without drawing the row anew.
 */
export function Touch({ axis, frame, row, vm = "", own = null, name, children }: TouchProps) {
  const id = useId();
  const [touched, setTouched] = useState(false);
  const [hands, setHands] = useState<Hands | null>(null);
  const isShown = useShown(({ lit, pinned, draft }) => lit !== null || pinned !== null || draft !== null);
  const part = useDemanded(touchPart, touched || isShown);
  const wake = () => {
    touchPart.retry();
    setTouched(true);
  };
  const list = { role: "listbox", tabIndex: 0, "aria-label": name, "aria-describedby": `${id}-says` };
  const hidden = { role: "presentation", "aria-hidden": true };
  const { early, listening } = useEarly();
  const answers: Hands = {
    ...(hands ?? listening),
    onPointerEnter: wake,
    // Also where the row has answered before, for what was lit in another: what answered then may be gone.
    onFocus(event) {
      wake();
      hands?.onFocus?.(event);
    },
  };
  return (
    <div className={styles.touch}>
      <div id={`${id}-says`}>{children}</div>
      <div
        id={id}
        className={styles.hands}
        style={{ width: widthOf(axis) }}
        data-row={row}
        {...(name === undefined ? hidden : list)}
        {...answers}
      >
        {part === null ? (
          name === undefined ? null : (
            <Hint row={row} />
          )
        ) : (
          <part.TouchLayer {...{ axis, frame, row, vm, own, name, id, early }} onHands={setHands} />
        )}
      </div>
    </div>
  );
}
