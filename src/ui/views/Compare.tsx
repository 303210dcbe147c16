// SPDX-License-Identifier: GPL-2.0-only
import { type CSSProperties, type ReactNode, useMemo } from "react";
import type { VariantId } from "../../engine/index.ts";
import { Bill } from "../panels/bill/Bill.tsx";
import { Code } from "../panels/code/Code.tsx";
import { DesignPanel } from "../panels/design/DesignPanel.tsx";
import { DesignTools } from "../panels/designs/DesignTools.tsx";
import { withDesign } from "../panels/designs/withDesign.ts";
import { MarkKey } from "../panels/key/MarkKey.tsx";
import { lifePart } from "../panels/life/lifePart.ts";
import { LogOnDemand } from "../panels/log/LogOnDemand.tsx";
import { MemslotsRow } from "../panels/memslots/MemslotsRow.tsx";
import { OverviewOnDemand } from "../panels/overview/OverviewOnDemand.tsx";
import { Punch } from "../panels/punch/Punch.tsx";
import { Ruler } from "../panels/ruler/Ruler.tsx";
import { Timeline } from "../panels/timeline/Timeline.tsx";
import { AxisToolsOnDemand } from "../panels/transport/AxisToolsOnDemand.tsx";
import { Transport } from "../panels/transport/Transport.tsx";
import { useLabels } from "../panels/words/useLabels.ts";
import { CELLS } from "../scene/axis.ts";
import type { Frame } from "../scene/frame.ts";
import { hasOverview } from "../store/capture.ts";
import { type Both, both } from "../store/clock.ts";
import { useLab, useShown } from "../store/useLab.ts";
import { caption, storeOf, variantName } from "../text/index.ts";
import { useDemanded } from "../widgets/useDemanded.ts";
import { Broken, isQuiet } from "./Broken.tsx";
import styles from "./Compare.module.css";
import { Fingerprint } from "./Fingerprint.tsx";
import { Guarded } from "./Guarded.tsx";
import { Spoken } from "./Spoken.tsx";
import { useAxis } from "./useAxis.ts";
import { useCell, useRail } from "./useCell.ts";

/** The places of the two designs: upper, lower. */
const PLACES = [0, 1] as const;

/** Two designs, one above the other on one page axis, and what moves them. */
export function Compare() {
  const frames = useShown((state) => state.frames);
  const cell = useCell();
  const sizes = { "--strip": `${CELLS * cell}px` } as CSSProperties;
  return (
    <div className={styles.compare} style={sizes} {...useLabels()}>
      {frames === null ? null : <Shown frames={frames} cell={cell} />}
    </div>
  );
}

function Shown({ frames, cell }: { frames: Both<Frame>; cell: number }) {
  const { goToStep, setDesigns } = useLab();
  const revision = useShown((state) => state.revision);
  const timeline = useShown((state) => state.timeline);
  const overview = useShown(({ loaded, overview: wanted }) => wanted && hasOverview(loaded));
  const only = useShown((state) => state.loaded?.only ?? null);
  const name = useShown((state) => state.loaded?.name);
  const axis = useAxis(frames, cell);
  const inRail = useRail();
  const page = useShown(({ pinned }) => (/^page/.test(pinned ?? "") ? pinned : null));
  const life = useDemanded(lifePart, page !== null);
  const code = useShown((state) => state.code);
  const lives = life && page ? <life.Lives frames={frames} object={page} inRail={inRail} /> : null;
  const beside = inRail ? null : lives;
  const [upper, lower] = [frames[0].play.variant, frames[1].play.variant];
  const chosen = useMemo(
    () =>
      both([0, 1] as const, (place) => (id: VariantId) => {
        void setDesigns(withDesign([upper, lower], place, id));
      }),
    [setDesigns, upper, lower],
  );
  const reached = useMemo(
    () => both([0, 1] as const, (place) => (step: number) => goToStep(place, step)),
    [goToStep],
  );
  return (
    <>
      <main
        className={styles.main}
        data-scenario={name}
        data-alone={only !== null}
        data-own={axis.memslots === "own"}
      >
        <div className={styles.axis}>
          <Guarded what="The page axis" again={revision}>
            <Ruler axis={axis} frames={frames} />
            <MemslotsRow axis={axis} frame={frames[0]} />
          </Guarded>
        </div>
        <div className={styles.key}>
          <MarkKey />
        </div>
        {PLACES.filter((place) => only === null || only === place).map((place) => (
          <Design
            key={place}
            place={place}
            frame={frames[place]}
            isOver={inRail && lives !== null}
            over={
              life && page && inRail && code ? (
                <life.Life frames={frames} object={page} design={place} inRail />
              ) : null
            }
          >
            <Guarded what={`The panel of ${variantName(frames[place].play.variant)}`} again={revision}>
              <DesignPanel
                axis={axis}
                frame={frames[place]}
                tone={storeOf(frames[place].play.variant)}
                caption={caption(frames[place])}
                place={place}
                onChoose={chosen[place]}
                onGoToStep={reached[place]}
                tools={<DesignTools design={place} />}
              />
            </Guarded>
          </Design>
        ))}
        {inRail && !code && lives !== null ? (
          <div className={styles.lives}>
            <Guarded what="The life of the page" again={revision}>
              {lives}
            </Guarded>
          </div>
        ) : null}
        <Spoken />
      </main>
      <div className={styles.foot} data-quiet={isQuiet(frames)}>
        {timeline ? (
          <Guarded what="The timeline" again={revision}>
            {overview ? <OverviewOnDemand width={CELLS * cell} /> : <Timeline width={CELLS * cell} />}
          </Guarded>
        ) : (
          <section className={styles.log} aria-label="Event log">
            <Guarded what="The log" again={revision}>
              <LogOnDemand frames={frames} onGoTo={goToStep} />
            </Guarded>
          </section>
        )}
        <div className={styles.beside}>
          <Guarded what="The field for a punch" again={revision}>
            <Punch frames={frames} file={axis.file} />
          </Guarded>
          <section className={styles.findings} aria-label="Findings" data-life={beside !== null}>
            <Guarded what="The findings" again={revision}>
              {beside ?? <Broken frames={frames} only={only} />}
            </Guarded>
          </section>
        </div>
      </div>
      <Transport frames={frames}>
        <AxisToolsOnDemand frames={frames} />
      </Transport>
    </>
  );
}

interface DesignProps {
  place: 0 | 1;
  frame: Frame;
  /** Whether something stands in the place of the bill. */
  isOver: boolean;
  /** What stands there, if it has the place to itself, or null. */
  over: ReactNode;
  children: ReactNode;
}

function Design({ place, frame, isOver, over, children }: DesignProps) {
  const code = useShown((state) => state.code);
  return (
    <div className={styles.design} data-hue={storeOf(frame.play.variant)}>
      <div className={styles.panel}>{children}</div>
      <div className={styles.rail} data-over={isOver}>
        <div className={styles.bill}>
          {over === null ? null : (
            <div className={styles.over}>
              <Guarded what="The life of the page" again={frame}>
                {over}
              </Guarded>
            </div>
          )}
          <Guarded what="The bill" again={frame}>
            <Bill frame={frame} />
          </Guarded>
          <Fingerprint place={place} />
        </div>
        {code ? (
          <div className={styles.code}>
            <Guarded what="The code" again={frame}>
              <Code frame={frame} />
            </Guarded>
          </div>
        ) : null}
      </div>
    </div>
  );
}
