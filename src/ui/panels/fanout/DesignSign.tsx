// SPDX-License-Identifier: GPL-2.0-only
import type { VariantId } from "../../../engine/index.ts";
import { designStyle } from "../../scene/fanout/designStyle.ts";
import { signPath } from "../../scene/fanout/marks.ts";

/** The sign that a design has on the chart. */
export function DesignSign({ variant }: { variant: VariantId }) {
  const { sign, ink } = designStyle(variant);
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={signPath(sign, 6, 6, 4.5)} style={{ fill: `var(--${ink})` }} />
    </svg>
  );
}
