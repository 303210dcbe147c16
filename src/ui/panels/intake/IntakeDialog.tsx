// SPDX-License-Identifier: GPL-2.0-only
import { useEffect, useRef, useState } from "react";
import type { OpenCapture } from "../../store/capture.ts";
import { type OpeningProgress, openCapture } from "../../store/openCapture.ts";
import type { Lab } from "../../store/lab.ts";
import { useLab } from "../../store/useLab.ts";
import { numberText } from "../../text/index.ts";
import { Button } from "../../widgets/Button.tsx";
import { Dialog } from "../../widgets/Dialog.tsx";
import styles from "./IntakeDialog.module.css";
import { RecordYourOwn } from "./RecordYourOwn.tsx";
import { sorted } from "./sorted.ts";

interface IntakeDialogProps {
  /** To be read at once; none where the viewer has yet to choose. */
  files: readonly File[];
  onFiles: (files: readonly File[]) => void;
  onClose: () => void;
}

type Reading =
  | { readonly is: "idle" }
  | { readonly is: "reading"; readonly name: string; readonly how: OpeningProgress | null }
  | { readonly is: "failed"; readonly says: string };

/** Takes a log in, shows how far reading is, and says how one is recorded. What is shown stays until it is read. */
export function IntakeDialog({ files, onFiles, onClose }: IntakeDialogProps) {
  const lab = useLab();
  const [reading, setReading] = useState<Reading>({ is: "idle" });
  const input = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => {
    if (files.length === 0) return;
    const own = new AbortController();
    abort.current = own;
    const name = files.map((file) => file.name).join(" and ");
    setReading({ is: "reading", name, how: null });
    read(lab, files, own.signal, (how) => setReading({ is: "reading", name, how })).then(
      async (capture) => {
        if (own.signal.aborted) return;
        await show(lab, capture);
        onClose();
      },
      (error: unknown) => {
        if (!own.signal.aborted)
          setReading({ is: "failed", says: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => own.abort(new Error("not wanted any more"));
  }, [files, lab, onClose]);

  function cancel(): void {
    abort.current?.abort(new Error("cancelled"));
    setReading({ is: "idle" });
    onFiles([]);
  }
  return (
    <Dialog title="Your own VM" label="A log of your own, and how to record one" onClose={onClose}>
      <div className={styles.body}>
        <p>
          Drop a log that strace wrote of QEMU, or a scenario that was saved here, anywhere on the page; a
          memory map (<code>info mtree -f</code>) may come with it or later. Packed with gzip is fine. Nothing
          is sent anywhere.
        </p>
        {reading.is === "reading" ? (
          <Progress name={reading.name} how={reading.how} onCancel={cancel} />
        ) : (
          <>
            {reading.is === "failed" ? (
              <p className={styles.failed} role="alert">
                {reading.says}
              </p>
            ) : null}
            <p>
              <Button kind="primary" onClick={() => input.current?.click()}>
                Choose files
              </Button>
            </p>
          </>
        )}
        <input
          ref={input}
          className={styles.input}
          type="file"
          multiple
          tabIndex={-1}
          aria-label="A log, and its memory map"
          onChange={({ currentTarget }) => {
            onFiles([...(currentTarget.files ?? [])]);
            currentTarget.value = "";
          }}
        />
        <RecordYourOwn />
      </div>
    </Dialog>
  );
}

/** Opens what was dropped. A map alone belongs to the log that is shown. */
async function read(
  lab: Lab,
  files: readonly File[],
  signal: AbortSignal,
  progress: (how: OpeningProgress) => void,
): Promise<OpenCapture> {
  const own = await sorted(files);
  if (typeof own === "string") throw new Error(own);
  if (own.log !== null)
    return openCapture({ type: "read", log: own.log, map: own.map, builtIn: null }, progress, signal);
  const shown = lab.store.getState().loaded?.capture?.of;
  if (shown === undefined || shown.view.builtIn)
    throw new Error(`${own.map?.name ?? "This"} is a memory map. Drop the log of the same machine with it.`);
  return openCapture({ ...shown.request, map: own.map }, progress, signal);
}

async function show(lab: Lab, capture: OpenCapture): Promise<void> {
  const { wanted } = lab.store.getState();
  const isShown = await lab.showCapture(capture);
  const named = wanted?.recording ?? null;
  if (isShown && named !== null && named.print !== capture.view.print)
    lab.say(
      `This is not the log that the link was made of (${named.name}, content ${named.print}): ` +
        `it is ${capture.view.name}, content ${capture.view.print}, from its beginning.`,
    );
}

function Progress({
  name,
  how,
  onCancel,
}: {
  name: string;
  how: OpeningProgress | null;
  onCancel: () => void;
}) {
  const share = how === null || how.of === 0 ? 0 : how.done / how.of;
  return (
    <div className={styles.progress}>
      <label>
        <span>{progressText(name, how)}</span>
        <progress value={share} max={1} />
      </label>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

function progressText(name: string, how: OpeningProgress | null): string {
  if (how === null) return `Opening ${name}.`;
  if (how.doing === "counting") return `Counting what ${name} costs each design.`;
  const kilobytes = (bytes: number) => numberText(Math.ceil(bytes / 1024));
  return `Reading ${name}: ${kilobytes(how.done)} of ${kilobytes(how.of)} KiB.`;
}
