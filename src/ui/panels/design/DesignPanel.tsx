// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { variantName } from "../../text/index.ts";
import { Panel } from "../../widgets/Panel.tsx";
import { BindingIndex } from "../index/BindingIndex.tsx";
import { Locks } from "../locks/Locks.tsx";
import { GuestMappings } from "../mappings/GuestMappings.tsx";
import { CallMarks } from "../marks/CallMarks.tsx";
import { Memslots } from "../memslots/MemslotsRow.tsx";
import { FilePages } from "../pages/FilePages.tsx";
import strip from "../row/Strip.module.css";
import styles from "./DesignPanel.module.css";

export interface DesignPanelProps {
  axis: Axis;
  frame: Frame;
  /** The design's hue. */
  tone: "list" | "xarray";
  /** What the last step did. */
  caption: string;
}

/** One design, all of it on the page axis. */
export const DesignPanel = memo(function DesignPanel({ axis, frame, tone, caption }: DesignPanelProps) {
  const title = <span className={styles.name}>{variantName(frame.play.variant)}</span>;
  return (
    <Panel title={title} hint={<span className={styles.caption}>{caption}</span>} hue={tone}>
      <div className={`${strip.strip} ${styles.rows}`} data-tone={tone}>
        {axis.memslots === "own" ? <Memslots axis={axis} frame={frame} /> : null}
        <FilePages axis={axis} frame={frame} />
        <BindingIndex axis={axis} frame={frame} />
        <CallMarks axis={axis} frame={frame} />
        <GuestMappings axis={axis} frame={frame} />
        <Locks axis={axis} frame={frame} />
      </div>
    </Panel>
  );
});
