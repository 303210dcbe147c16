// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { pointDocument } from "../../../engine/index.ts";
import { caseOf, type FanoutSettings } from "../../scene/fanout/settings.ts";
import { useLab } from "../../store/useLab.ts";
import { labTrouble } from "../../text/fanout/labTrouble.ts";
import { countText } from "../../text/number.ts";
import { Button } from "../../widgets/Button.tsx";
import { openDocument } from "./openDocument.ts";
import section from "./Section.module.css";

/** The point that is read, as a scenario that can be played step by step. */
export const OpenInLab = memo(function OpenInLab({ settings }: { settings: FanoutSettings }) {
  const lab = useLab();
  const { read, slot, hole } = settings;
  const trouble = labTrouble(read, slot, hole);
  const open = async () => {
    const title = `One punch over ${countText(read, "memslot")}`;
    const isOpen = await openDocument(
      lab,
      `fan-out-${read}.json`,
      pointDocument(caseOf(settings), read, title),
    );
    if (isOpen) lab.setView("lab");
  };
  return (
    <div>
      <Button disabled={trouble !== null} onClick={() => void open()}>
        Open this point in the lab
      </Button>
      {trouble === null ? null : <p className={section.note}>{trouble}</p>}
    </div>
  );
});
