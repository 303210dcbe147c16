// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useRef } from "react";
import { FITTED, FITTED_ON, FITTED_SOURCE } from "../../../engine/index.ts";
import { predictedPicture, predictedTable } from "../../scene/fanout/predictedScene.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { listText } from "../../text/number.ts";
import { useWidth } from "../../widgets/useWidth.ts";
import { Figure } from "./Figure.tsx";
import { PictureSvg } from "./PictureSvg.tsx";
import section from "./Section.module.css";

const TITLE = "What the model predicts, against what was measured";

/** How far the model can be trusted. */
export const Predicted = memo(function Predicted() {
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.min(useWidth(frame), 900);
  const picture = useMemo(() => (width < 1 ? null : predictedPicture(width)), [width]);
  const table = useMemo(predictedTable, []);
  const says = table.rows.map(([punch, , median]) => `${punch} ${Number(median).toFixed(2)}`);
  return (
    <section className={section.section} aria-label={TITLE}>
      <h2>{TITLE}</h2>
      <p className={section.note}>
        A system call ({nsText(FITTED.systemCall)}), a call of a memslot that is hit ({nsText(FITTED.hitCall)}
        ) and a page freed ({nsText(FITTED.pageFreed)}) are {FITTED_SOURCE}. Every sign below is another punch
        of that kernel, with a number of memslots other than {listText(FITTED_ON.map(String))}: predicted
        divided by measured, 1 where both agree; the bar is the median, the ground what lies within twice.
        That kernel walks its xarray as guest_memfd does.
      </p>
      <Figure title={TITLE} name="fan-out-predicted" picture={picture} table={table}>
        <div className={section.frame} ref={frame}>
          {picture === null ? null : (
            <PictureSvg
              picture={picture}
              label={`Predicted divided by measured, medians: ${says.join(", ")}.`}
            />
          )}
        </div>
      </Figure>
    </section>
  );
});
