// SPDX-License-Identifier: GPL-2.0-only
import { memo, useCallback, useEffect, useState } from "react";
import { useShown } from "../../store/useLab.ts";
import { Button } from "../../widgets/Button.tsx";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import { useDemanded } from "../../widgets/useDemanded.ts";
import styles from "./Intake.module.css";

const dialog = onDemand(() => import("./IntakeDialog.tsx"));

const MOVES = ["dragover", "dragleave", "drop"] as const;

interface IntakeProps {
  /** What was dropped last; none where the dialog was opened by hand. Null while it is closed. */
  files: readonly File[] | null;
  setFiles: (files: readonly File[] | null) => void;
}

/** The way in for a viewer's own logs: a button, and the whole page to drop files on. */
export const Intake = memo(function Intake({ files, setFiles }: IntakeProps) {
  const [over, setOver] = useState(false);
  const close = useCallback(() => setFiles(null), [setFiles]);
  useEffect(() => {
    const moved = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      // Left for the window's outside, and not for another of its elements, it has no element to go to.
      setOver(event.type === "dragover" || (event.type === "dragleave" && event.relatedTarget !== null));
      if (event.type === "drop") setFiles([...event.dataTransfer.files]);
    };
    for (const type of MOVES) addEventListener(type, moved);
    return () => {
      for (const type of MOVES) removeEventListener(type, moved);
    };
  }, [setFiles]);
  return (
    <>
      <Button onClick={() => setFiles([])}>Your VM</Button>
      {over ? (
        <p className={styles.over}>Drop a log of QEMU here, and its memory map if you have one</p>
      ) : null}
      {files === null ? null : (
        <Demanded part={dialog} what="reader of logs">
          {({ IntakeDialog }) => <IntakeDialog files={files} onFiles={setFiles} onClose={close} />}
        </Demanded>
      )}
    </>
  );
});

const wanted = onDemand(() => import("./Wanted.tsx"));

/** Asks for the log that a link leads into; fetched with the first such link. */
export function WantedOnDemand({ onChoose }: { onChoose: () => void }) {
  const part = useDemanded(
    wanted,
    useShown((state) => state.wanted !== null),
  );
  return part === null ? null : <part.Wanted onChoose={onChoose} />;
}
