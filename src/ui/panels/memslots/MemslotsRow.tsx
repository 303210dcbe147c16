// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { memslotsScene } from "../../scene/memslotsScene.ts";
import { Row } from "../row/Row.tsx";
import strip from "../row/Strip.module.css";
import { Touch } from "../row/Touch.tsx";

/** The memslots, above both designs. Nothing where the designs may differ in them: each panel has a row then. */
export const MemslotsRow = memo(function MemslotsRow({ axis, frame }: { axis: Axis; frame: Frame }) {
  return axis.memslots === "shared" ? (
    <div className={`${strip.strip} ${strip.bare}`}>
      <Memslots axis={axis} frame={frame} />
    </div>
  ) : null;
});

/** The memslots of one design. */
export const Memslots = memo(function Memslots({ axis, frame }: { axis: Axis; frame: Frame }) {
  const scene = useMemo(() => memslotsScene(axis, frame), [axis, frame]);
  return (
    <Touch axis={axis} frame={frame} row="memslots" name="Memslots">
      <Row axis={axis} frame={frame} scene={scene} />
    </Touch>
  );
});
