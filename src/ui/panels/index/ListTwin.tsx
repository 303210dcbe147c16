// SPDX-License-Identifier: GPL-2.0-only
import { type KeyboardEvent, memo, type PointerEvent, useId } from "react";
import type { Frame } from "../../scene/frame.ts";
import { nameOf } from "../../scene/memslots.ts";
import { placeAt, type RasterScene } from "../../scene/rasterScene.ts";
import styles from "./ListRaster.module.css";
import { twinText } from "./twinText.ts";

interface ListTwinProps {
  frame: Frame;
  scene: RasterScene;
  /** The place that the keys stand on. */
  active: number;
  onActive: (place: number) => void;
  /** The pointer or the focus is on a place, or on none any more. */
  onLight: (place: number | null) => void;
  onPin: (place: number) => void;
}

/**
 * The raster for hands and ears: a list box over the canvas, one tab stop, its keys in list order. Of thousands of
 * options the active one alone is in the page; its text is what the engine has told of that notifier.
 */
export const ListTwin = memo(function ListTwin({
  frame,
  scene: { cells, grid },
  active,
  onActive,
  onLight,
  onPin,
}: ListTwinProps) {
  const id = useId();
  const count = cells.notifiers.length;
  const notifier = cells.notifiers[active];

  const go = (place: number) => {
    onActive(place);
    onLight(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const place = placeForKey(event.key, active, count, grid.columns);
    if (place !== null) go(place);
    else if (event.key === "Enter") onPin(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const under = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent | React.MouseEvent) =>
    placeAt(grid, count, offsetX, offsetY + grid.top);

  return (
    <div
      role="listbox"
      className={styles.twin}
      style={{ top: grid.top, width: grid.columns * grid.cell, height: grid.rows * grid.cell }}
      tabIndex={0}
      aria-label="Notifiers in list order"
      aria-activedescendant={notifier === undefined ? undefined : `${id}-${active}`}
      onKeyDown={onKeyDown}
      onFocus={() => onLight(active)}
      onBlur={() => onLight(null)}
      onPointerMove={(event) => onLight(under(event))}
      onPointerLeave={() => onLight(null)}
      onClick={(event) => {
        const place = under(event);
        if (place === null) return;
        onActive(place);
        onPin(place);
      }}
    >
      {notifier === undefined ? null : (
        <div
          id={`${id}-${active}`}
          role="option"
          tabIndex={-1}
          className="spoken"
          aria-selected={true}
          aria-setsize={count}
          aria-posinset={active + 1}
        >
          {twinText(frame.play, nameOf(frame.world, notifier), notifier, frame.step)}
        </div>
      )}
    </div>
  );
});

/** Where a key moves to from `active`; a page is a row of the picture. Null for a key that means nothing here. */
export function placeForKey(key: string, active: number, count: number, row: number): number | null {
  const by = {
    ...{ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 },
    ...{ PageUp: -row, PageDown: row, Home: -count, End: count },
  }[key];
  return by === undefined ? null : Math.max(0, Math.min(active + by, count - 1));
}
