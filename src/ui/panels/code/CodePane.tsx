// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useState } from "react";
import { type CodeScene, codeScene, excerptOf } from "../../scene/codeScene.ts";
import type { Frame } from "../../scene/frame.ts";
import { useLab } from "../../store/useLab.ts";
import { variantName } from "../../text/index.ts";
import styles from "./CodePane.module.css";
import { Line, type Mark } from "./Line.tsx";
import { OpenCalls } from "./OpenCalls.tsx";
import { SOURCES } from "./sources.ts";
import { WholeFile } from "./WholeFile.tsx";

/** Lines around the one that is marked, if the style sheet has room for so many. */
const BEFORE = 2;
const AFTER = 6;

/** The stack of open calls, and some lines around the call that is looked at. */
export const CodePane = memo(function CodePane({ frame }: { frame: Frame }) {
  const scene = useMemo(() => codeScene(frame, SOURCES), [frame]);
  // How deep the viewer looks; null follows the innermost line. A level that is not there just now is not forgotten.
  const [level, setLevel] = useState<number | null>(null);
  const innermost = scene.calls.length - 1;
  const at = level !== null && level < innermost ? level : innermost;
  const call = scene.calls[at];

  if (call === undefined) return <p className={styles.nothing}>{NOTHING[scene.state]}</p>;
  return (
    <>
      {scene.state === "waiting" ? (
        <p className={styles.says}>It has returned, and waits for the other design. Its last line:</p>
      ) : (
        <OpenCalls scene={scene} at={at} onLook={(k) => setLevel(k === innermost ? null : k)} />
      )}
      {call.place === null ? (
        <p className={styles.nothing}>No single line of the source says “{call.label}”.</p>
      ) : (
        <Excerpt
          event={`event:${frame.play.variant}/${frame.step}`}
          place={call.place}
          mark={scene.state === "waiting" ? "returned" : at === innermost ? "innermost" : "open"}
          design={variantName(frame.play.variant)}
        />
      )}
    </>
  );
});

const NOTHING: Record<CodeScene["state"], string> = {
  before: "Nothing has run yet in this operation.",
  idle: "There is nothing to run in this operation; the design waits for the other.",
  running: "The step names no line.",
  waiting: "The step names no line.",
};

interface ExcerptProps {
  /** The step that the marked line stands for, as an object that lights up. */
  event: string;
  place: NonNullable<CodeScene["calls"][number]["place"]>;
  mark: Mark;
  design: string;
}

const Excerpt = memo(function Excerpt({ event, place, mark, design }: ExcerptProps) {
  const lab = useLab();
  const [whole, setWhole] = useState<Pick<ExcerptProps, "place" | "mark"> | null>(null);
  const { before, line, after, indent } = useMemo(() => excerptOf(SOURCES, place, BEFORE, AFTER), [place]);
  return (
    <>
      <p className={styles.head}>
        <code title={place.path}>{place.within === null ? place.file : `${place.within}()`}</code>
        <button
          type="button"
          className={styles.all}
          aria-label={`Show all of ${place.file}, ${design}`}
          onClick={() => setWhole({ place, mark })}
        >
          Show all
        </button>
      </p>
      <pre className={styles.lines}>
        <span className={styles.before}>
          {before.map((each) => (
            <Line key={each.number} line={each} indent={indent} />
          ))}
        </span>
        {line === null ? null : (
          <span onPointerEnter={() => lab.light(event)} onPointerLeave={() => lab.light(null)}>
            <Line line={line} indent={indent} mark={mark} />
          </span>
        )}
        <span className={styles.after}>
          {after.map((each) => (
            <Line key={each.number} line={each} indent={indent} />
          ))}
        </span>
      </pre>
      {whole === null ? null : <WholeFile {...whole} onClose={() => setWhole(null)} />}
    </>
  );
});
