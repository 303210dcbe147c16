// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Ink, Mark, Picture } from "../../scene/fanout/marks.ts";

const inkOf = (ink: Ink | null) => (ink === null ? "none" : `var(--${ink})`);

/** A picture as it stands on the page; `label` is all that is heard of it. */
export const PictureSvg = memo(function PictureSvg({ picture, label }: { picture: Picture; label: string }) {
  const { width, height, marks } = picture;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {marks.map((mark) => (
        <Drawn key={mark.key} mark={mark} />
      ))}
    </svg>
  );
});

function Drawn({ mark }: { mark: Mark }) {
  if (mark.kind === "text")
    return (
      <text
        x={mark.x}
        y={mark.y}
        textAnchor={mark.anchor}
        style={{ fill: inkOf(mark.fill), fontSize: mark.size, fontWeight: mark.weight }}
      >
        {mark.text}
      </text>
    );
  return (
    <path
      d={mark.d}
      style={{
        fill: inkOf(mark.fill),
        stroke: inkOf(mark.stroke),
        strokeWidth: mark.width,
        strokeDasharray: mark.dash.join(" "),
        opacity: mark.opacity,
      }}
    />
  );
}
