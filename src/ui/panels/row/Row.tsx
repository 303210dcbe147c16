// SPDX-License-Identifier: GPL-2.0-only
import { memo, useLayoutEffect, useRef } from "react";
import { type Axis, widthOf } from "../../scene/axis.ts";
import type { Scene } from "../../scene/mark.ts";
import { drawMarks } from "./drawMarks.ts";
import styles from "./Row.module.css";

/** One row of the strip: a scene as a picture, and its sentence for those who cannot see it. */
export const Row = memo(function Row({ axis, scene }: { axis: Axis; scene: Scene }) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    if (svg.current !== null) drawMarks(svg.current, scene.marks);
  }, [scene]);
  return (
    <svg
      ref={svg}
      className={styles.row}
      width={widthOf(axis)}
      height={scene.height}
      role="img"
      aria-label={scene.says}
    />
  );
});
