// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode, useId } from "react";
import type { VariantId } from "../../../engine/index.ts";
import type { Axis } from "../../scene/axis.ts";
import type { Frame } from "../../scene/frame.ts";
import { DesignName } from "../designs/DesignName.tsx";
import { BindingIndex } from "../index/BindingIndex.tsx";
import { GuestMappings } from "../mappings/GuestMappings.tsx";
import { CallMarks } from "../marks/CallMarks.tsx";
import { Memslots } from "../memslots/MemslotsRow.tsx";
import { FilePages } from "../pages/FilePages.tsx";
import strip from "../row/Strip.module.css";
import { onDemand } from "../../widgets/onDemand.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import { Caption } from "./Caption.tsx";
import styles from "./DesignPanel.module.css";

/** Fetched with the first design that breaks anything: the opening ones do not. */
const brokenSoFar = onDemand(() => import("./BrokenSoFar.tsx"));

export interface DesignPanelProps {
  axis: Axis;
  frame: Frame;
  /** Where it stands: upper or lower. */
  place: 0 | 1;
  /** Another design is to stand there. */
  onChoose: (variant: VariantId) => void;
  /** The play is to be seen after `step` of its steps. */
  onGoToStep: (step: number) => void;
  /** The design's hue. */
  tone: "list" | "xarray";
  /** What the last step did. Room for two lines is kept, so that the rows stand still. */
  caption: string;
  /** What stands at the right end of the caption. */
  tools?: ReactNode;
}

/** One design, all of it on the page axis. */
export const DesignPanel = memo(function DesignPanel({
  axis,
  frame,
  place,
  onChoose,
  onGoToStep,
  tone,
  caption,
  tools,
}: DesignPanelProps) {
  const id = useId();
  const broken = useDemanded(brokenSoFar, frame.play.findings.length > 0);
  return (
    <section className={`${strip.strip} ${styles.panel}`} data-tone={tone} aria-labelledby={id}>
      <header className={styles.head}>
        <DesignName variant={frame.play.variant} place={place} id={id} onChoose={onChoose} />
        <Caption frame={frame} caption={caption} />
        {broken === null ? <span /> : <broken.BrokenSoFar frame={frame} onGoTo={onGoToStep} />}
        {tools}
      </header>
      {axis.memslots === "own" ? <Memslots axis={axis} frame={frame} /> : null}
      <FilePages axis={axis} frame={frame} />
      <BindingIndex axis={axis} frame={frame} />
      <CallMarks axis={axis} frame={frame} />
      <GuestMappings axis={axis} frame={frame} />
    </section>
  );
});
