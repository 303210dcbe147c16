// SPDX-License-Identifier: GPL-2.0-only
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { sweepCsv } from "../../../engine/index.ts";
import { type ChartScene, chartScene } from "../../scene/fanout/chartScene.ts";
import { chartTable } from "../../scene/fanout/tables.ts";
import { valuesAt } from "../../scene/fanout/valuesAt.ts";
import { chartText, pointText } from "../../text/fanout/sentences.ts";
import type { TimedWalk } from "../../worker/benchProtocol.ts";
import { useWidth } from "../../widgets/useWidth.ts";
import styles from "./Chart.module.css";
import { Figure } from "./Figure.tsx";
import { PictureSvg } from "./PictureSvg.tsx";
import type { FanoutData } from "./useFanout.ts";

/** The chart, its handle, and a line that says what is read. */
export function Chart({
  settings,
  set,
  rows,
  evens,
  wanted,
  pricing,
  sizes,
  own,
}: FanoutData & { own: readonly TimedWalk[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  // What the pointer is over; nothing is chosen by that.
  const [over, setOver] = useState<number | null>(null);
  const read = over ?? settings.read;
  const scene = useMemo(
    () => (width < 1 ? null : chartScene({ settings, rows, evens, read, own, width: Math.max(width, 280) })),
    [settings, rows, evens, read, own, width],
  );
  const says = pointText(read, settings.y, valuesAt(rows, settings.y, read));
  const label = chartText(settings.y, [...rows.keys()], settings.upto);
  const table = useMemo(() => chartTable(rows), [rows]);
  return (
    <Figure
      title={`The chart of ${label}`}
      id="chart"
      picture={scene === null ? null : () => scene.picture}
      table={table}
      csv={() => sweepCsv([...rows.values()].flat(), wanted, pricing)}
    >
      <p className={styles.read} data-testid="fanout-read">
        {says}
      </p>
      <div className={styles.frame} ref={frame}>
        {scene === null ? null : (
          <>
            <PictureSvg picture={scene.picture} label={`Chart: ${label}. ${says}`} />
            <Handle
              scene={scene}
              sizes={sizes}
              read={settings.read}
              shown={read}
              says={pointText(settings.read, settings.y, valuesAt(rows, settings.y, settings.read))}
              onOver={setOver}
              onRead={(slots) => set({ read: slots })}
            />
          </>
        )}
      </div>
    </Figure>
  );
}

interface HandleProps {
  scene: ChartScene;
  sizes: readonly number[];
  read: number;
  /** Where the line stands: what is read, or what the pointer is over. */
  shown: number;
  says: string;
  onOver: (slots: number | null) => void;
  onRead: (slots: number) => void;
}

/** The keys of a slider: by how many sizes each moves, or to which end. */
const MOVES: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6 },
  ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
};

/** The line of what is read. The whole chart is its ground: a press reads there, a drag goes along. */
function Handle({ scene, sizes, read, shown, says, onOver, onRead }: HandleProps) {
  const { x, left, right, top, bottom } = scene;
  const sizeAt = (event: PointerEvent<HTMLElement>): number => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left + left;
    const near = (size: number) => Math.abs(x.at(size) - px);
    return sizes.reduce((best, size) => (near(size) < near(best) ? size : best));
  };
  const pressed = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const last = sizes.length - 1;
    onRead(sizes[Math.min(last, Math.max(0, sizes.indexOf(read) + by))] as number);
  };
  return (
    <div
      className={styles.ground}
      style={{ left, width: right - left, top, height: bottom - top + 36 }}
      onPointerMove={(event) => {
        const size = sizeAt(event);
        if (event.buttons === 1) onRead(size);
        else onOver(size);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onOver(null);
        onRead(sizeAt(event));
      }}
      onPointerLeave={() => onOver(null)}
    >
      <div
        className={styles.handle}
        role="slider"
        tabIndex={0}
        aria-label="Memslots"
        aria-valuemin={sizes[0] ?? 1}
        aria-valuemax={sizes.at(-1) ?? 1}
        aria-valuenow={read}
        aria-valuetext={says}
        style={{ left: x.at(shown) - left, height: bottom - top }}
        onKeyDown={pressed}
      />
    </div>
  );
}
