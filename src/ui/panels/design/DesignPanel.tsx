// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode, useId } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { variantName } from "../../text/index.ts";
import { BindingIndex } from "../index/BindingIndex.tsx";
import { GuestMappings } from "../mappings/GuestMappings.tsx";
import { CallMarks } from "../marks/CallMarks.tsx";
import { Memslots } from "../memslots/MemslotsRow.tsx";
import { FilePages } from "../pages/FilePages.tsx";
import strip from "../row/Strip.module.css";
import { Caption } from "./Caption.tsx";
import styles from "./DesignPanel.module.css";

export interface DesignPanelProps {
  axis: Axis;
  frame: Frame;
  /** The design's hue. */
  tone: "list" | "xarray";
  /** What the last step did. Room for two lines is kept, so that the rows stand still. */
  caption: string;
  /** Where there is no rail: what would stand there, between the caption and the rows. */
  children?: ReactNode;
}

/** One design, all of it on the page axis. */
export const DesignPanel = memo(function DesignPanel({
  axis,
  frame,
  tone,
  caption,
  children,
}: DesignPanelProps) {
  const id = useId();
  return (
    <section className={`${strip.strip} ${styles.panel}`} data-tone={tone} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.name}>
          {variantName(frame.play.variant)}
        </h2>
        <Caption frame={frame} caption={caption} />
      </header>
      {children}
      {axis.memslots === "own" ? <Memslots axis={axis} frame={frame} /> : null}
      <FilePages axis={axis} frame={frame} />
      <BindingIndex axis={axis} frame={frame} />
      <CallMarks axis={axis} frame={frame} />
      <GuestMappings axis={axis} frame={frame} />
    </section>
  );
});
