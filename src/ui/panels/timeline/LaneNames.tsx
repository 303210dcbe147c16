// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { VariantId } from "../../../engine/index.ts";
import type { DesignTimeline } from "../../scene/timelineLanes.ts";
import { storeOf, variantName } from "../../text/index.ts";
import styles from "./LaneNames.module.css";

/**
 * Left of its lanes: whose they are, with the bar in the design's hue. Beside the design there is no room for the task
 * of a vCPU.
 */
export const LaneNames = memo(function LaneNames({
  design,
  variant,
}: {
  design: DesignTimeline;
  variant: VariantId;
}) {
  const { top, height, lanes } = design;
  return (
    <div className={styles.design} style={{ top, height }} data-hue={storeOf(variant)}>
      {lanes.map(({ kind, name, top: y, height: tall }, k) => (
        <p key={y} style={{ height: tall, lineHeight: `${kind === "locks" ? 13 : tall}px` }} data-kind={kind}>
          {k === 0 ? <b>{shortName(variant)} </b> : null}
          {k === 0 ? name.replace(/ · .*/, "") : name}
        </p>
      ))}
    </div>
  );
});

/** `as posted` says enough beside the hue: the whole name does not fit. */
const shortName = (variant: VariantId): string => variantName(variant).replace(/^\S+ (?=\S)/, "");
