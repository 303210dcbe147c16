// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { sightAt, wrongReads } from "../../scene/life.ts";
import { factsOf } from "../../scene/lifeFacts.ts";
import { tellingPage } from "../../scene/lifePage.ts";
import { SIGNS } from "../../scene/lifeSigns.ts";
import type { Frame } from "../../scene/frame.ts";
import { objectName, objectOf } from "../../scene/object.ts";
import type { Both } from "../../store/clock.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { storeOf, variantName } from "../../text/variant.ts";
import { IconButton } from "../../widgets/IconButton.tsx";
import { LeftIcon, RightIcon } from "../../widgets/icons.tsx";
import { Toolbar } from "../../widgets/Toolbar.tsx";
import { Instruments } from "../bill/Instruments.tsx";
import { Sample } from "../key/MarkKey.tsx";
import styles from "./Life.module.css";
import { Moments } from "./Moments.tsx";
import { useLife } from "./useLife.ts";

interface LivesProps {
  frames: Both<Frame>;
  /** The name of the page, or of the pages of a column. */
  object: string;
  /** Whether it stands over the bill, whose instruments it then has to show where they are wrong. */
  inRail: boolean;
}

interface LifeProps extends LivesProps {
  /** The design whose it is: upper or lower. */
  design: 0 | 1;
}

/** What happens to a page under one design: how it is now, and all its moments from the set-up to the end. */
export const Life = memo(function Life({ frames, object, design, inRail }: LifeProps) {
  const only = useShown((state) => state.loaded?.only ?? null);
  const page = pageOf(object, frames);
  if (page === null) return null;
  return (
    <OfPage
      frame={frames[design]}
      design={design}
      file={page.file}
      page={page.page}
      tools={design === (only ?? 0)}
      inRail={inRail}
    />
  );
});

/** Both designs' lives of a page, or that of the one that is shown. */
export const Lives = memo(function Lives({ frames, object, inRail }: LivesProps) {
  const only = useShown((state) => state.loaded?.only ?? null);
  const designs = ([0, 1] as const).filter((design) => only === null || only === design);
  return (
    <div className={inRail ? styles.column : styles.lives}>
      {designs.map((design) => (
        <Life key={design} frames={frames} object={object} design={design} inRail={inRail} />
      ))}
    </div>
  );
});

/** The page called `name`; of several the one with the most to tell. */
function pageOf(name: string, frames: Both<Frame>): { file: string; page: number } | null {
  const object = objectOf(name);
  if (object?.kind === "page") return object;
  if (object?.kind !== "pages") return null;
  const { file, first, last } = object;
  const plays = frames.map(({ play }) => play);
  return { file, page: tellingPage(plays, { file, start: first, end: last + 1 }) };
}

interface OfPageProps {
  frame: Frame;
  design: 0 | 1;
  file: string;
  page: number;
  /** Whether it has the buttons that lead to other pages and away. */
  tools: boolean;
  inRail: boolean;
}

function OfPage({ frame, design, file, page, tools, inRail }: OfPageProps) {
  const { play, step } = frame;
  const { goToStep } = useLab();
  const life = useLife(play, file, page);
  const name = variantName(play.variant);
  return (
    <section
      className={styles.life}
      data-hue={storeOf(play.variant)}
      aria-label={`Life of page ${page} of ${file} under ${name}`}
    >
      <header className={styles.head}>
        <h3>
          <b>{name}</b> page {page} of {file}
          {life !== null && sightAt(life, step).frame === null ? <span>, a hole</span> : null}
        </h3>
        {tools ? <Tools file={file} page={page} pages={play.scenario.files.get(file)?.pages ?? 0} /> : null}
      </header>
      {inRail ? <Instruments frame={frame} only="wrong" /> : null}
      {life === null ? (
        <p className={styles.reading}>Reading the run for this page.</p>
      ) : (
        <>
          <dl className={styles.facts}>
            {factsOf(life, step).map(({ name: what, value }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {wrongReads(life, step).map((text) => (
            <p key={text} className={styles.wrong}>
              <Sample entry={STALE} />
              {text}
            </p>
          ))}
          <div className={styles.room}>
            <Moments
              key={page}
              moments={life.moments}
              operations={frame.operations}
              step={step}
              label={`What happens to page ${page} under ${name}`}
              onGoTo={(to) => goToStep(design, to)}
            />
          </div>
        </>
      )}
    </section>
  );
}

/** Here and not with the others: those are there before anybody picks a page. */
const CloseIcon = () => (
  <svg viewBox="0 0 24 24" width="1.5em" height="1.5em" aria-hidden="true">
    <path
      d="M7 7l10 10m0-10L7 17"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
    />
  </svg>
);

const STALE = { word: "stale", marks: SIGNS.stale };

function Tools({ file, page, pages }: { file: string; page: number; pages: number }) {
  const { pin } = useLab();
  const to = (other: number) => () => pin(objectName({ kind: "page", file, page: other }));
  return (
    <Toolbar label="Which page" className={styles.tools}>
      <IconButton
        label={`Page ${page - 1}`}
        icon={<LeftIcon />}
        disabled={page === 0}
        onClick={to(page - 1)}
      />
      <IconButton
        label={`Page ${page + 1}`}
        icon={<RightIcon />}
        disabled={page + 1 >= pages}
        onClick={to(page + 1)}
      />
      <IconButton label="Let go of the page" icon={<CloseIcon />} keys="Escape" onClick={() => pin(null)} />
    </Toolbar>
  );
}
