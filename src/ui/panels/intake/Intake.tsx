// SPDX-License-Identifier: GPL-2.0-only
import { memo, useEffect, useState } from "react";
import { useLab, useShown } from "../../store/useLab.ts";
import { Button } from "../../widgets/Button.tsx";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import styles from "./Intake.module.css";

const dialog = onDemand(() => import("./IntakeDialog.tsx"));

interface IntakeProps {
  /** What was dropped last; none where the dialog was opened by hand. Null while it is closed. */
  files: readonly File[] | null;
  setFiles: (files: readonly File[] | null) => void;
}

/** The way in for a viewer's own logs: a button, and the whole page to drop files on. */
export const Intake = memo(function Intake({ files, setFiles }: IntakeProps) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const isOfFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const dragged = (event: DragEvent) => {
      if (!isOfFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // Left for the window's outside, and not for another of its elements.
    const left = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent) => {
      setOver(false);
      if (!isOfFiles(event)) return;
      event.preventDefault();
      setFiles([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", dragged);
    addEventListener("dragleave", left);
    addEventListener("drop", dropped);
    return () => {
      removeEventListener("dragover", dragged);
      removeEventListener("dragleave", left);
      removeEventListener("drop", dropped);
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
          {({ IntakeDialog }) => (
            <IntakeDialog files={files} onFiles={setFiles} onClose={() => setFiles(null)} />
          )}
        </Demanded>
      )}
    </>
  );
});

/** Asks for the log that a link leads into. */
export function Wanted({ onChoose }: { onChoose: () => void }) {
  const { want } = useLab();
  const name = useShown((state) => state.wanted?.recording?.name ?? null);
  if (name === null) return null;
  return (
    <p className={styles.wanted} role="alert">
      <span>
        This link leads into the log <b>{name}</b>, which a link cannot hold. Drop that file here, or choose
        it.
      </span>
      <Button onClick={onChoose}>Choose it</Button>
      <Button onClick={() => want(null)}>Dismiss</Button>
    </p>
  );
}
