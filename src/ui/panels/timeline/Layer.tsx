// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { TimelineScene } from "../../scene/timelineScene.ts";
import styles from "./Layer.module.css";

/** The marks of both designs or their words, in one picture. Says nothing: the lanes' sentences do. */
export const Layer = memo(function Layer({
  scene: { height, borders, designs },
  width,
  layer,
}: {
  scene: TimelineScene;
  width: number;
  layer: "marks" | "words";
}) {
  return (
    <svg className={styles.layer} width={width} height={height} aria-hidden="true">
      {layer === "marks" && borders.length > 0 ? (
        <path data-look="border" d={borders.map((x) => `M${x} 0V${height}`).join("")} />
      ) : null}
      {designs.map((design) => (
        <g key={design.top}>
          {design[layer].map((mark) =>
            mark.shape === "text" ? (
              <text key={mark.key} data-look={mark.look} x={mark.x} y={mark.y} textAnchor={mark.anchor}>
                {mark.text}
              </text>
            ) : (
              <path key={mark.key} data-look={mark.look} d={mark.d} />
            ),
          )}
        </g>
      ))}
    </svg>
  );
});
