// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Box } from "../../scene/objectBox.ts";
import type { Lit } from "../../scene/objects.ts";
import styles from "./Overlay.module.css";

/** Objects that are lit in one row, by the reason why. */
export interface Shine {
  readonly name: string;
  readonly why: "lit" | "pinned";
  readonly boxes: readonly Lit[];
}

/** Pages [start, end) that are about to be punched, `18-22`, as a row shows them. */
export interface Band {
  readonly text: string;
  readonly box: Box;
}

/** What is drawn over a row: a frame around each lit object, and the band of a punch that is not yet run. */
export const Overlay = memo(function Overlay({
  shines,
  band,
}: {
  shines: readonly Shine[];
  band: Band | null;
}) {
  if (shines.length === 0 && band === null) return null;
  return (
    <svg className={styles.overlay} aria-hidden="true">
      {band === null ? null : (
        <g data-draft={band.text}>
          <rect className={styles.draft} {...band.box} />
          <path className={styles.edge} d={edges(band.box)} />
        </g>
      )}
      {shines.flatMap(({ name, why, boxes }) =>
        boxes.map((box) => (
          <path
            key={`${why} ${name} ${box.x} ${box.y}`}
            className={styles[why]}
            data-shines={name}
            data-why={why}
            data-how={box.how}
            d={outline(box) + (why === "pinned" && box.how === "is" ? pin(box) : "")}
          />
        )),
      )}
    </svg>
  );
});

/** A frame around the object itself; around its pages the two ends of one. */
function outline({ x, y, width, height, how }: Lit): string {
  const [left, top, right, bottom] = [x - 1, y - 1, x + width + 1, y + height + 1];
  if (how === "is") return `M${left} ${top}H${right}V${bottom}H${left}z`;
  const arm = Math.min(5, (right - left) / 3);
  return (
    `M${left + arm} ${top}H${left}V${bottom}H${left + arm}` +
    `M${right - arm} ${top}H${right}V${bottom}H${right - arm}`
  );
}

/** Both ends of a drafted punch, by which it can be dragged. */
const edges = ({ x, y, width, height }: Box) => `M${x} ${y}v${height}M${x + width} ${y}v${height}`;

/** The mark of a pin: a second frame around the first, which also shows where the object is a few pixels wide. */
const pin = ({ x, y, width, height }: Lit): string =>
  `M${x - 4} ${y - 4}H${x + width + 4}V${y + height + 4}H${x - 4}z`;
