// SPDX-License-Identifier: GPL-2.0-only
import { memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Axis, widthOf } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import type { Mark, Scene } from "../../scene/mark.ts";
import { middleOf, type RasterScene, rasterScene } from "../../scene/rasterScene.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { Row } from "../row/Row.tsx";
import styles from "./ListRaster.module.css";
import { ListTwin } from "./ListTwin.tsx";
import { type Colours, type Painted, paintCells } from "./paintCells.ts";
import { useScreen } from "./useScreen.ts";

/** A long list as a raster: the cells on a canvas, rings and words over it, and the list that the keys walk through. */
export const ListRaster = memo(function ListRaster({ axis, frame }: { axis: Axis; frame: Frame }) {
  const lab = useLab();
  const scene = useMemo(() => rasterScene(axis, frame), [axis, frame]);
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, Math.max(0, scene.cells.notifiers.length - 1));
  const marked = useMarked(scene, frame);
  const objectAt = useCallback(
    (place: number) => {
      const memslot = frame.world.memslots[scene.cells.notifiers[place] ?? -1];
      return memslot === undefined ? null : `${SLOT}${memslot.vm}/${memslot.slot}`;
    },
    [frame, scene],
  );
  const onLight = useCallback(
    (place: number | null) => lab.light(place === null ? null : objectAt(place)),
    [lab, objectAt],
  );
  const onPin = useCallback((place: number) => lab.pin(objectAt(place)), [lab, objectAt]);

  return (
    <div className={styles.raster}>
      <Cells scene={scene} frame={frame} />
      <Row axis={axis} scene={marked} />
      <div className={styles.over} style={{ width: widthOf(axis) }}>
        <ListTwin {...{ frame, scene, active, onLight, onPin }} onActive={setActive} />
      </div>
    </div>
  );
});

/** How events spell memslots, as objects that can be lit. */
const SLOT = "slot:";

/** The scene with an outline around the cells whose memslot is lit or pinned. */
function useMarked(scene: RasterScene, { world }: Frame): Scene {
  const lit = useShown((state) => state.lit);
  const pinned = useShown((state) => state.pinned);
  return useMemo(() => {
    const outlines = [...new Set([lit, pinned])].flatMap((object): Mark[] => {
      const [vm = "", slot = ""] = object?.startsWith(SLOT) ? object.slice(SLOT.length).split("/") : [];
      const place = scene.cells.placeOf.get(world.vms[vm]?.slots[Number(slot)] ?? -1);
      if (place === undefined) return [];
      const { x, y } = middleOf(scene.grid, place);
      const size = Math.max(scene.grid.cell + 3, 7);
      const box = { x: x - size / 2, y: y - size / 2, width: size, height: size };
      return [{ shape: "rect", key: `lit${place}`, look: "lookup", ...box }];
    });
    return { ...scene, marks: [...scene.marks, ...outlines] };
  }, [scene, world, lit, pinned]);
}

/** The canvas. It keeps what is painted and paints what has changed since. */
function Cells({ scene, frame }: { scene: RasterScene; frame: Frame }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted | null>(null);
  const theme = useShown((state) => state.theme);
  const screen = useScreen();
  const { grid, cells } = scene;
  const [width, height] = [grid.columns * grid.cell, grid.rows * grid.cell];
  const { ratio } = screen;
  // The cells are the same object while they change: it is the frame that says there may be something to paint.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above; and the theme is read off the style sheet
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!canvas.current || !pen) return;
    const [across, down] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    if (canvas.current.width !== across || canvas.current.height !== down) {
      canvas.current.width = across;
      canvas.current.height = down;
      painted.current = null;
    }
    painted.current = paintCells(
      pen,
      cells,
      grid,
      ratio,
      coloursOf(canvas.current, theme, screen.forced),
      painted.current,
    );
  }, [cells, grid, frame, ratio, theme, screen.forced]);
  return (
    <div className={styles.cells} style={{ top: grid.top }} aria-hidden="true">
      <canvas ref={canvas} style={{ width, height }} data-testid="raster" />
    </div>
  );
}

const read = new Map<string, Colours>();

/** The colours as the style sheet has them for canvases; read once a theme, since asking for a style costs a layout. */
function coloursOf(canvas: HTMLCanvasElement, theme: string, forced: boolean): Colours {
  const known = forced ? undefined : read.get(theme);
  if (known !== undefined) return known;
  const style = getComputedStyle(canvas);
  const of = (name: string) => style.getPropertyValue(`--cell-${name}`).trim();
  const colours = { ahead: of("ahead"), earlier: of("earlier"), wasted: of("wasted"), needed: of("needed") };
  if (!forced) read.set(theme, colours);
  return colours;
}
