// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import { storeOf } from "../../text/index.ts";
import type { CaptureView, Costs } from "../../worker/protocol.ts";
import { type Bar, callsLine, filesOver, punchBars, slotTicks } from "./lanes.ts";
import styles from "./Overview.module.css";
import { CALLS, CALLS_TOP, HEIGHT, PUNCHES, PUNCHES_TOP, TICKS_TOP } from "./sizes.ts";
import type { Span } from "./span.ts";
import { operationTicks, timeTicks } from "./ticks.ts";

interface LanesProps {
  view: CaptureView;
  span: Span;
  width: number;
  shown: readonly Costs[];
}

/** About so many pixels to a tick of the axis. */
const TICK_PX = 110;

/** What of the overview stands still while the recording is played. */
export const Lanes = memo(function Lanes({ view, span, width, shown }: LanesProps) {
  const bars = useMemo(() => barsPath(punchBars(view, span, width, PUNCHES)), [view, span, width]);
  const slots = useMemo(() => slotTicks(view, span, width), [view, span, width]);
  const most = Math.max(1, ...shown.map(({ callsBefore }) => callsBefore.at(-1) ?? 0));
  const room = Math.floor(width / TICK_PX);
  const ticks = view.columns.time === null ? operationTicks(span, room) : timeTicks(span, view.started, room);
  const xOf = (at: number) => ((at - span.start) / (span.end - span.start)) * width;
  return (
    <svg className={styles.lanes} width={width} height={HEIGHT} aria-hidden="true">
      {filesOver(view, PUNCHES).map(({ name, top, height }) => (
        <g key={name} transform={`translate(0 ${PUNCHES_TOP})`}>
          <rect data-look="file" x="0" y={top} width={width} height={Math.max(1, height - 1)} />
          {height > 12 && view.files.length > 1 ? (
            <text data-look="fileName" x={-4} y={top + height / 2 + 4} textAnchor="end">
              {name}
            </text>
          ) : null}
        </g>
      ))}
      <path data-look="punch" d={bars} transform={`translate(0 ${PUNCHES_TOP})`} />
      {slots.length === 0 ? null : (
        <path data-look="slot" d={slots.map((x) => `M${x + 0.5} ${PUNCHES_TOP - 4}v4`).join("")} />
      )}
      <path data-look="base" d={`M0 ${CALLS_TOP + CALLS + 0.5}H${width}`} />
      {shown.map((costs) => (
        <path
          key={costs.variant}
          data-look={storeOf(costs.variant)}
          data-variant={costs.variant}
          d={callsLine(view, costs, span, { width, height: CALLS, most })}
          transform={`translate(0 ${CALLS_TOP})`}
        />
      ))}
      {ticks.map(({ at, text }) => (
        <g key={at} transform={`translate(${Math.round(xOf(at)) + 0.5} 0)`}>
          <path data-look="tick" d={`M0 ${PUNCHES_TOP}V${TICKS_TOP + 4}`} />
          <text
            data-look="time"
            y={TICKS_TOP + 14}
            textAnchor={xOf(at) < 24 ? "start" : xOf(at) > width - 30 ? "end" : "middle"}
          >
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
});

const barsPath = (bars: readonly Bar[]): string =>
  bars.map(({ x, y, height }) => `M${x} ${y}h2v${height}h-2z`).join("");
