// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useRef, useState } from "react";
import type { Pricing } from "../../../engine/index.ts";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import {
  SMALL_MEASURES,
  type SmallMeasure,
  smallName,
  smallHoles,
  smallPicture,
  smallSays,
  smallScale,
  smallsPicture,
  smallTable,
} from "../../scene/fanout/smallScene.ts";
import { pagesText } from "../../text/fanout/amounts.ts";
import { caseTexts } from "../../text/fanout/caseTexts.ts";
import { MEASURE_TEXTS } from "../../text/fanout/names.ts";
import { countText } from "../../text/number.ts";
import { Button } from "../../widgets/Button.tsx";
import { useWidth } from "../../widgets/useWidth.ts";
import { Choice } from "./Controls.tsx";
import { Figure } from "./Figure.tsx";
import { PictureSvg } from "./PictureSvg.tsx";
import section from "./Section.module.css";
import styles from "./Smalls.module.css";
import { useSmalls } from "./useSmalls.ts";

interface SmallsProps {
  settings: FanoutSettings;
  pricing: Pricing;
  set: (change: Partial<FanoutSettings>) => void;
}

/** The same chart for every alignment and a few holes, small and on one scale; each is a way to the large one. */
export const Smalls = memo(function Smalls({ settings, pricing, set }: SmallsProps) {
  const { slot, vms } = settings;
  const smalls = useSmalls(slot, vms, pricing);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [measure, setMeasure] = useState<SmallMeasure>("callbacks");
  // A row an alignment, a column a hole, wherever three have room beside each other.
  const columns = width < 700 ? 1 : smallHoles(slot).length;
  const each = Math.max(220, Math.floor((width - 24 * (columns - 1)) / columns));
  const scale = useMemo(() => smallScale(smalls, measure), [smalls, measure]);
  const table = useMemo(() => smallTable(smalls, measure), [smalls, measure]);
  const at = { measure, scale, width: each };
  return (
    <section className={section.section} aria-label="By alignment and hole">
      <div className={section.head}>
        <h2>By alignment and hole, memslots of {pagesText(slot)}</h2>
        <Choice
          label="Small charts show"
          options={SMALL_MEASURES.map((value) => ({ value, text: MEASURE_TEXTS[value].title }))}
          value={measure}
          onChoose={setMeasure}
        />
      </div>
      <Figure
        title={`${MEASURE_TEXTS[measure].title}, by alignment and hole`}
        id="small"
        about={[
          `Memslots of ${pagesText(slot)}; ${countText(vms, "VM")}, ${countText(settings.vcpus, "vCPU")} each.`,
          measure === "ns"
            ? (caseTexts(settings).at(-1) as string)
            : `Counts, ${MEASURE_TEXTS[measure].about}.`,
        ]}
        picture={width < 1 ? null : () => smallsPicture(smalls, { ...at, columns })}
        table={table}
      >
        <div
          className={styles.grid}
          ref={frame}
          style={{ gridTemplateColumns: `repeat(${columns}, ${each}px)` }}
        >
          {width < 1
            ? null
            : smalls.map((small) => (
                <figure key={smallName(small)} className={styles.small}>
                  <figcaption>
                    <Button onClick={() => set({ align: small.alignment, hole: small.hole })}>
                      {smallName(small)}
                    </Button>
                  </figcaption>
                  <PictureSvg picture={smallPicture(small, at)} label={`${smallSays(small, measure)}.`} />
                </figure>
              ))}
        </div>
      </Figure>
    </section>
  );
});
