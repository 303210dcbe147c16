// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useRef } from "react";
import type { Pricing } from "../../../engine/index.ts";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import { smallName, smallPicture, smallSays, smallScale, smallTable } from "../../scene/fanout/smallScene.ts";
import { pagesText } from "../../text/fanout/amounts.ts";
import { Button } from "../../widgets/Button.tsx";
import { useWidth } from "../../widgets/useWidth.ts";
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
  const columns = width < 560 ? 1 : width < 900 ? 2 : 3;
  const each = Math.max(240, Math.floor((width - 24 * (columns - 1)) / columns));
  const scale = useMemo(() => smallScale(smalls), [smalls]);
  const table = useMemo(() => smallTable(smalls), [smalls]);
  return (
    <section className={section.section} aria-label="By alignment and hole">
      <h2>By alignment and hole, memslots of {pagesText(slot)}</h2>
      <Figure title="A punch by alignment and hole" name="fan-out-small" picture={null} table={table}>
        <div className={styles.grid} ref={frame}>
          {width < 1
            ? null
            : smalls.map((small) => (
                <figure key={smallName(small)} className={styles.small}>
                  <figcaption>
                    <Button onClick={() => set({ align: small.alignment, hole: small.hole })}>
                      {smallName(small)}
                    </Button>
                  </figcaption>
                  <PictureSvg picture={smallPicture(small, scale, each)} label={`${smallSays(small)}.`} />
                </figure>
              ))}
        </div>
      </Figure>
    </section>
  );
});
