// SPDX-License-Identifier: GPL-2.0-only
import { memo, useLayoutEffect, useRef } from "react";
import { type Axis, widthOf } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import type { Scene } from "../../scene/mark.ts";
import styles from "./Row.module.css";
import { showScene } from "./showScene.ts";

interface RowProps {
  axis: Axis;
  scene: Scene;
  /** What the scene shows, where what happened since the one before is to be seen happening. */
  frame?: Frame;
}

/** One row of the strip: a scene as a picture, and its sentence for those who cannot see it. */
export const Row = memo(function Row({ axis, scene, frame }: RowProps) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    if (svg.current !== null) showScene(svg.current, { axis, scene }, frame);
  }, [axis, scene, frame]);
  return (
    <svg
      ref={svg}
      className={styles.row}
      viewBox={`0 0 ${widthOf(axis)} ${scene.height}`}
      width={widthOf(axis)}
      height={scene.height}
      role="img"
      aria-label={scene.says}
    />
  );
});
