// SPDX-License-Identifier: GPL-2.0-only
import { type FormEvent, memo, useMemo, useRef, useState } from "react";
import type { Pricing } from "../../../engine/index.ts";
import { vmTable } from "../../scene/fanout/vmBill.ts";
import { billsPicture, billsSay, machinePicture } from "../../scene/fanout/vmScene.ts";
import { vmTexts } from "../../text/fanout/caseTexts.ts";
import { useLab } from "../../store/useLab.ts";
import { TYPED_TOO_LONG, typedSlots } from "../../text/fanout/typedSlots.ts";
import { countText } from "../../text/number.ts";
import { Button } from "../../widgets/Button.tsx";
import { useWidth } from "../../widgets/useWidth.ts";
import { Figure } from "./Figure.tsx";
import { openTyped } from "./openTyped.ts";
import { PictureSvg } from "./PictureSvg.tsx";
import section from "./Section.module.css";
import { useVm, type Vm } from "./useVm.ts";
import styles from "./YourVm.module.css";

/** A real machine: its memslots, its punches, and what they cost with these memslots and with more. */
export const YourVm = memo(function YourVm({ pricing }: { pricing: Pricing }) {
  const lab = useLab();
  const vm = useVm(pricing);
  return (
    <section className={section.section} aria-label="Your VM, its bill">
      <h2>{vm === null ? "Your VM" : `Your VM: ${vm.view.title}`}</h2>
      <div className={styles.ways}>
        <Button onClick={() => void lab.choose("q35-balloon")}>A recorded balloon</Button>
        <p className={section.note}>
          or drop a log of your own anywhere on this page, or type memslots; the first page of each is
          punched:
        </p>
        <TypedSlots />
      </div>
      {vm === null ? null : <Machine vm={vm} pricing={pricing} />}
    </section>
  );
});

function TypedSlots() {
  const lab = useLab();
  const [text, setText] = useState("");
  const [says, setSays] = useState<{ text: string; isWrong: boolean } | null>(null);
  const use = (event: FormEvent) => {
    event.preventDefault();
    const read = typedSlots(text);
    if (!read.ok) setSays({ text: read.says, isWrong: true });
    else setSays(openTyped(lab, read.sizes) ? null : { text: TYPED_TOO_LONG, isWrong: false });
  };
  return (
    <form className={styles.typed} onSubmit={use}>
      <input
        aria-label="Memslots by their pages"
        value={text}
        placeholder="512 x 100, 262144"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={says?.isWrong === true}
        aria-describedby="typed-slots-says"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit">Use these</button>
      <span id="typed-slots-says" role="alert">
        {says?.text}
      </span>
    </form>
  );
}

function Machine({ vm: { view, punches, cuts, bills }, pricing }: { vm: Vm; pricing: Pricing }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const machine = useMemo(
    () => (width < 1 || cuts === null ? null : machinePicture(cuts.slots, punches, columnOf(width))),
    [cuts, punches, width],
  );
  const picture = useMemo(
    () => (width < 1 || bills.length === 0 ? null : billsPicture(bills, columnOf(width))),
    [bills, width],
  );
  const table = useMemo(() => vmTable(bills), [bills]);
  const troubles = [...new Set(cuts?.sizes.flatMap(({ trouble }) => trouble ?? []) ?? [])];
  return (
    <div ref={frame}>
      {cuts === null ? (
        <p role="status">Counting what {view.title} would cost with more memslots.</p>
      ) : (
        <Figure
          title={`The bill of ${view.title}`}
          id="vm"
          about={vmTexts(view.title, pricing)}
          picture={picture === null ? null : () => picture}
          table={table}
        >
          <div className={styles.machine}>
            {machine === null ? null : (
              <PictureSvg
                picture={machine}
                label={`${countText(cuts.slots.length, "memslot")} along the pages of their files, and ${countText(punches.times.length, "punch", "punches")} over time.`}
              />
            )}
            <div>
              <h3>All its punches together, over its own memslots and as if it had more</h3>
              {picture === null ? null : (
                <PictureSvg picture={picture} label={`Bills: ${billsSay(bills)}.`} />
              )}
            </div>
          </div>
          {troubles.map((trouble) => (
            <p key={trouble} className={section.note}>
              Not cut further: {trouble}.
            </p>
          ))}
          <p className={section.note}>
            Counts are exact: over its own memslots they are the recording's, over more the file that most
            punches hit is cut end to end. Times take each punch for the average of all. As posted the xarray
            refuses memslots: no guest can touch those, so no pages of them are counted and its bill is one of
            a smaller machine. A punch still frees what the file has.
          </p>
        </Figure>
      )}
    </div>
  );
}

/** Two pictures side by side where there is room. */
const columnOf = (width: number) => (width < 900 ? width : Math.floor((width - 48) / 2));
