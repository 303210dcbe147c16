// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import type { Both } from "../../store/clock.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { zoomChanges } from "../../store/zoom.ts";
import { IconButton } from "../../widgets/IconButton.tsx";
import { MinusIcon, PlusIcon } from "../../widgets/icons.tsx";
import { Select } from "../../widgets/Select.tsx";
import styles from "./AxisTools.module.css";

/** In place of a file's name: the file that the shown operation works on. */
const FOLLOW = "";

/** Which pages are looked at: the file, where there are several, and from how far. */
export const AxisTools = memo(function AxisTools({ frames }: { frames: Both<Frame> }) {
  const lab = useLab();
  const zoom = useShown((state) => state.zoom);
  const file = useShown((state) => state.file);
  const names = [...frames[0].play.scenario.files.keys()];
  const nearer = zoomChanges(frames, zoom, file, 1);
  const farther = zoomChanges(frames, zoom, file, -1);
  const options = [
    { value: FOLLOW, text: "File: auto" },
    ...names.map((name) => ({ value: name, text: `File: ${name}` })),
  ];
  return (
    <div className={styles.tools}>
      {names.length < 2 ? null : (
        <Select
          label="File"
          options={options}
          value={file ?? FOLLOW}
          onChange={(name) => lab.setFile(name === FOLLOW ? null : name)}
        />
      )}
      {!nearer && !farther ? null : (
        <div className={styles.zoom}>
          <IconButton
            label="64 times farther"
            icon={<MinusIcon />}
            keys="-"
            onClick={() => lab.zoomBy(-1)}
            disabled={!farther}
          />
          <span className={styles.word}>Zoom</span>
          <IconButton
            label="64 times nearer"
            icon={<PlusIcon />}
            keys="+"
            onClick={() => lab.zoomBy(1)}
            disabled={!nearer}
          />
        </div>
      )}
    </div>
  );
});
