// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { pointName } from "../../scene/fanout/point.ts";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import { useLab } from "../../store/useLab.ts";
import { labTrouble } from "../../text/fanout/labTrouble.ts";
import { Button } from "../../widgets/Button.tsx";
import section from "./Section.module.css";

/** The point that is read, as a scenario that can be played step by step. */
export const OpenInLab = memo(function OpenInLab({ settings }: { settings: FanoutSettings }) {
  const lab = useLab();
  const { read, slot, hole } = settings;
  const trouble = labTrouble(read, slot, hole);
  const open = () => {
    lab.setView("lab");
    void lab.choose(pointName(settings));
  };
  return (
    <div>
      <Button disabled={trouble !== null} onClick={open}>
        Open this point in the lab
      </Button>
      {trouble === null ? null : <p className={section.note}>{trouble}</p>}
    </div>
  );
});
