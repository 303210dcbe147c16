// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useRef, useState } from "react";
import type { VariantId } from "../../../engine/index.ts";
import type { PricedRow } from "../../scene/fanout/measures.ts";
import { partsScene } from "../../scene/fanout/partsScene.ts";
import { partsTable } from "../../scene/fanout/tables.ts";
import { nsText } from "../../text/fanout/amounts.ts";
import { freeText } from "../../text/fanout/predictedText.ts";
import { countText } from "../../text/number.ts";
import { variantName } from "../../text/variant.ts";
import { useWidth } from "../../widgets/useWidth.ts";
import { Choice } from "./Controls.tsx";
import { Figure } from "./Figure.tsx";
import { PictureSvg } from "./PictureSvg.tsx";
import styles from "./Section.module.css";

interface PartsProps {
  rows: ReadonlyMap<VariantId, readonly PricedRow[]>;
  read: number;
}

const LENGTHS = [
  { value: "time", text: "by time" },
  { value: "whole", text: "each as a whole" },
] as const;

/** Where one punch takes so many times another, its bar would leave nothing of the other to be seen. */
const APART = 40;

/** One punch at the point that is read, split into what it is spent on. */
export const Parts = memo(function Parts({ rows, read }: PartsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [chosen, setChosen] = useState<"time" | "whole" | null>(null);
  const designs = useMemo(
    () =>
      [...rows].flatMap(([variant, own]): [VariantId, PricedRow][] => {
        const row = own.find(({ slots }) => slots === read);
        return row === undefined ? [] : [[variant, row]];
      }),
    [rows, read],
  );
  const times = designs.map(([, { cost }]) => cost.ns);
  const length = chosen ?? (Math.min(...times) < Math.max(...times) / APART ? "whole" : "time");
  const picture = useMemo(
    () => (width < 1 ? null : partsScene(designs, width, length === "whole")),
    [designs, width, length],
  );
  const table = useMemo(() => partsTable(designs), [designs]);
  const says = designs.map(([variant, { cost }]) => `${variantName(variant)} ${nsText(cost.ns)}`).join(", ");
  return (
    <section className={styles.section} aria-label="One punch, part by part">
      <div className={styles.head}>
        <h2>What one punch is spent on, at {countText(read, "memslot")}</h2>
        <Choice label="Bars" options={LENGTHS} value={length} onChoose={setChosen} />
      </div>
      <Figure
        title="One punch, part by part"
        id="parts"
        picture={picture === null ? null : () => picture}
        table={table}
      >
        <div className={styles.frame} ref={frame}>
          {picture === null ? null : (
            <PictureSvg picture={picture} label={`Bars of one punch by its parts: ${says}.`} />
          )}
        </div>
      </Figure>
      <p className={styles.note}>{freeText()}</p>
    </section>
  );
});
