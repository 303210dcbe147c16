// SPDX-License-Identifier: GPL-2.0-only
// What is read out: each step while the viewer steps, and while it plays only so much that one can listen.

import type { Frame } from "../scene/frame.ts";
import { lengthOf, momentAt } from "../store/clock.ts";
import type { Lab, LabState } from "../store/lab.ts";
import { caption, findingText, numberedIn, numberText, variantName, whereText, why } from "../text/index.ts";

/** While it plays, where the run stands is told no more often. */
const EVERY_MS = 5_000;

/**
 * Calls `say` with what a listener should hear: paused, the caption of each step that is shown; playing, a finding at
 * once and otherwise a sentence every five seconds at most.
 *
 * Returns: what ends it.
 */
export function announce({ store }: Lab, say: (text: string) => void): () => void {
  let saidAt = 0;
  let told = new Set<string>();
  const speak = (text: string): void => {
    saidAt = performance.now();
    say(text);
  };

  const follow = (state: LabState, before: LabState | null): void => {
    const { aside, trouble, loading } = state;
    if (aside !== before?.aside && aside.text !== "") speak(aside.text);
    if (trouble !== null && trouble !== before?.trouble) speak(trouble);
    if (loading !== null && loading !== before?.loading) speak(`Playing ${loading}.`);
    if (state.frames === null) return;
    if (!state.playing) {
      if (state.frames !== before?.frames || before.playing)
        speak(shownFrames(state).map(captionOf).join(" "));
      return;
    }
    if (before === null || !before.playing) {
      saidAt = performance.now(); // what was said of the pause is being read out
      told = new Set();
    }
    const news = state.frames.flatMap((frame, design) =>
      findingsSince(frame, before?.frames?.[design]?.step ?? 0).filter(({ rule }) => !told.has(rule)),
    );
    for (const { rule } of news) told.add(rule);
    if (news.length > 0) speak([...new Map(news.map(({ rule, text }) => [rule, text])).values()].join(" "));
    else if (performance.now() - saidAt >= EVERY_MS) speak(progress(state, shownFrames(state)));
  };

  follow(store.getState(), null);
  return store.subscribe(follow);
}

const captionOf = (frame: Frame) =>
  [`${variantName(frame.play.variant)}:`, caption(frame), why(frame)]
    .filter((text) => text !== null)
    .join(" ");

/** Of the designs that are to be seen. */
const shownFrames = ({ frames, loaded }: LabState): readonly Frame[] =>
  (frames ?? []).filter((_, design) => loaded === null || loaded.only === null || loaded.only === design);

/** What broke after step `from`. A rule that breaks again and again while it plays is told once for each design. */
const findingsSince = ({ play, step }: Frame, from: number) =>
  play.findings
    .filter((finding) => from < finding.step && finding.step <= step)
    .map((finding) => {
      const name = variantName(play.variant);
      const text = `${name}, step ${numberText(finding.step)}: ${findingText(finding, play)}`;
      return { rule: `${name} ${finding.invariant}`, text };
    });

/** `Step 120 of 8,206: LIST 118 calls, XARRAY 2.` */
function progress({ loaded, time }: LabState, frames: readonly Frame[]): string {
  if (loaded === null) return "";
  const { clock, scenario } = loaded;
  const moment = momentAt(clock, time);
  const numbered = numberedIn(scenario, moment.operation, clock.begins.length - 1);
  const length = lengthOf(clock, moment.operation);
  const counts = frames.map(({ play, world: { counters } }, k) => {
    const calls = counters.startCallbacks + counters.endCallbacks;
    const noun = k > 0 ? "" : calls === 1 ? " call" : " calls";
    return `${variantName(play.variant)} ${numberText(calls)}${noun}`;
  });
  return `${whereText({ ...numbered, step: moment.step, length })}: ${counts.join(", ")}.`;
}
