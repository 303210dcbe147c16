// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useRef } from "react";
import { comparisons } from "../../../engine/index.ts";
import { predictedPicture, predictedTable } from "../../scene/fanout/predictedScene.ts";
import { fittedText, missedText, predictedText, PUNCH_TEXTS } from "../../text/fanout/predictedText.ts";
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
  const kinds = useMemo(comparisons, []);
  const says = kinds.map(({ op, median }) => `${PUNCH_TEXTS[op]} ${median.toFixed(2)}`);
  return (
    <section className={section.section} aria-label={TITLE}>
      <h2>{TITLE}</h2>
      <p className={section.note}>
        {fittedText()} {predictedText()}
      </p>
      <p className={section.note}>{missedText(kinds)}</p>
      <Figure
        title={TITLE}
        id="predicted"
        about={[fittedText(), predictedText(), missedText(kinds)]}
        picture={picture === null ? null : () => picture}
        table={table}
      >
        <div className={section.frame} ref={frame}>
          {picture === null ? null : (
            <PictureSvg
              picture={picture}
              label={`Predicted divided by measured, medians: ${says.join(", ")}. ${missedText(kinds)}`}
            />
          )}
        </div>
      </Figure>
    </section>
  );
});
