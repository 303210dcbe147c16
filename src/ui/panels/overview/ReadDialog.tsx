// SPDX-License-Identifier: GPL-2.0-only
import { countText, numberText } from "../../text/index.ts";
import { Dialog } from "../../widgets/Dialog.tsx";
import type { CaptureView } from "../../worker/protocol.ts";
import styles from "./ReadDialog.module.css";

/** What became of each line of the log, what was assumed, and what was not understood. */
export function ReadDialog({ view, onClose }: { view: CaptureView; onClose: () => void }) {
  const { summary, problems, notes, blocks, assumed, files } = view;
  return (
    <Dialog
      title={`What was read of ${view.name}`}
      label="What was read, assumed and not understood"
      onClose={onClose}
    >
      <div className={styles.body}>
        {summary === null ? (
          <p>This file is a scenario already: it was taken as it is.</p>
        ) : (
          <>
            <h3>{numberText(summary.lines)} lines</h3>
            <dl className={styles.lines}>
              <Count
                name="used"
                count={summary.used}
                says="calls that set up, changed or punched guest memory"
              />
              <Count name="not ours" count={summary.notOurs} says="anything else that strace saw" />
              <Count name="failed" count={summary.failed} says="returned an error and changed nothing" />
              <Count
                name="unread"
                count={summary.unread}
                says="cut off, no text, or a call of ours that makes no sense or is not modelled"
              />
            </dl>
            <p>
              In them {countText(summary.created, "memslot call")} that created or changed a slot,{" "}
              {numberText(summary.deleted)} that deleted one, and{" "}
              {countText(summary.punches, "punch", "punches")} of {countText(summary.files, "file")}
              {summary.slotsFromMap === null
                ? ""
                : `; ${countText(summary.slotsFromMap, "slot")} from the memory map`}
              .
            </p>
          </>
        )}
        {problems.length === 0 ? null : (
          <>
            <h3>Not understood{(summary?.unread ?? 0) > problems.length ? ", the first of them" : ""}</h3>
            <ul>
              {problems.map(({ line, reason }) => (
                <li key={line}>
                  line {numberText(line)}: {reason}
                </li>
              ))}
            </ul>
          </>
        )}
        <h3>Assumed</h3>
        {assumed.length === 0 ? (
          <p>Nothing.</p>
        ) : (
          <p>
            A log does not tell which pages a guest had touched. Every page of a file-backed slot is taken to
            be there{assumed.includes("mapped") ? " and mapped" : ""} before it is punched for the first time,
            and again before each later punch. The counts that rest on this are marked with † in the bills:
            pages freed
            {assumed.includes("mapped")
              ? ", SPTEs zapped, TLB flushes (and with them the number of steps)"
              : ""}
            . The calls do not rest on it.
          </p>
        )}
        <h3>Files</h3>
        <ul>
          {files.slice(0, FILES_SHOWN).map(({ name, pages }) => (
            <li key={name}>
              <b>{name}</b>: {countText(pages, "page")}
              {blocks.flatMap((own) => (own.file === name ? `, ${own.block} in the memory map` : []))}
            </li>
          ))}
          {files.length > FILES_SHOWN ? <li>and {numberText(files.length - FILES_SHOWN)} more</li> : null}
        </ul>
        {notes.length === 0 ? null : (
          <>
            <h3>Worth knowing</h3>
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** More files are only counted. */
const FILES_SHOWN = 20;

function Count({ name, count, says }: { name: string; count: number; says: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{numberText(count)}</b> {says}
      </dd>
    </div>
  );
}
