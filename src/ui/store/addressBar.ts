// SPDX-License-Identifier: GPL-2.0-only
// The address bar is the frame: it always names what is shown, and whatever it is made to name is shown.
//
// Another scene (scenario, punches, designs) or view is a new entry of the history, so that Back leads to the last one;
// steps and the like only rewrite the entry of their scene.

import type { Theme } from "../theme/theme.ts";
import type { Lab, Loaded } from "./lab.ts";
import { linkOf } from "./link.ts";
import { OPENING } from "./load.ts";
import type { ParsedLink } from "./readLink.ts";
import { type Place, placeNamed } from "./place.ts";
import { placeShown } from "./placeShown.ts";

/** What the bar needs of the window. */
export interface AddressEnv {
  readonly location: { readonly hash: string };
  readonly history: Pick<History, "pushState" | "replaceState">;
  addEventListener(type: "hashchange" | "pagehide", changed: () => void): void;
  setTimeout(done: () => void, ms: number): number;
  clearTimeout(timer: number): void;
}

/** Browsers shut a page off that rewrites its address more often than some hundred times in half a minute. */
const REWRITE_MS = 400;

/**
 * Opens what the address names, or else the first scenario, and keeps address and lab together from then on.
 *
 * `showTheme` shows the theme of a link without making it the viewer's own.
 * Returns: settles when the first scene is shown, or could not be.
 */
export function startAddressBar(lab: Lab, env: AddressEnv, showTheme: (theme: Theme) => void): Promise<void> {
  let last: Place | null = null;
  let loaded: Loaded | null = null;
  let written: string | null = null;
  let timer: number | null = null;
  /** The address has changed, and what it names is on its way; or, for a damaged one, something else is. */
  let arriving: "link" | "instead" | null = null;
  /** Counts how often the address has changed. */
  let newest = 0;

  const write = (how: "pushState" | "replaceState", place: Place): void => {
    if (timer !== null) env.clearTimeout(timer);
    timer = null;
    const link = linkOf(place);
    if (link === written) return;
    written = link;
    env.history[how](null, "", link);
  };

  const rewriteSoon = (): void => {
    timer ??= env.setTimeout(() => {
      timer = null;
      if (last !== null) write("replaceState", last);
    }, REWRITE_MS);
  };

  // Compared with what was seen here last: another listener may have changed the state again before this one hears.
  lab.store.subscribe(() => {
    const state = lab.store.getState();
    const place = placeShown(state);
    if (place === null) return;
    const former = last;
    last = place;
    const isAnother = state.loaded !== loaded;
    loaded = state.loaded;
    if (arriving !== null) {
      if (!isAnother) return;
      // A damaged link stays in the bar until something changes: only there can it be mended.
      if (arriving === "instead") written = linkOf(place);
      else write("replaceState", place);
      arriving = null;
    } else if (
      former !== null &&
      (place.view !== former.view || (isAnother && sceneOf(place) !== sceneOf(former)))
    ) {
      write("replaceState", former);
      write("pushState", place);
    } else if (former !== null && place.theme !== former.theme) {
      // At once: who reloads now shall not get the old theme back from the link.
      write("replaceState", place);
    } else rewriteSoon();
  });

  async function follow(): Promise<void> {
    const { hash } = env.location;
    if (hash === written) return;
    const own = ++newest;
    const failed = await failureOf(hash, () => own === newest);
    // The address may have changed again meanwhile.
    if (failed !== null && own === newest) {
      arriving = "instead";
      const isDamaged = "says" in failed;
      if (isDamaged) lab.setView("lab");
      const isRest = isDamaged && failed.rest !== null && (await lab.open(failed.rest));
      // What was shown stays where a log is asked for, and there is always something shown.
      if (own === newest && !isRest && (isDamaged || lab.store.getState().loaded === null))
        await lab.choose(OPENING);
      if (own === newest) {
        if (!isDamaged) lab.want(failed);
        else
          lab.say(
            `This link is damaged, so ${isRest ? "only the rest of it" : "the first scenario"} is shown. ${failed.says} Mend it in the address bar.`,
          );
      }
    }
    if (own === newest) arriving = null;
  }

  /** Opens what `hash` names. Returns what is wrong with it, or the place whose recording is not here, or null. */
  async function failureOf(hash: string, isNewest: () => boolean): Promise<Damage | Place | null> {
    arriving = "link";
    const parsed = await read(hash);
    if (!isNewest()) return null;
    if (!parsed.ok) return parsed;
    if (parsed.place.theme !== null) showTheme(parsed.place.theme);
    if (lab.lacks(parsed.place)) return parsed.place;
    // Overtaken by what the viewer has chosen since, there is no trouble, and nothing is wrong with the link.
    if (await lab.open(parsed.place)) return null;
    const { trouble: says } = lab.store.getState();
    return says === null ? null : { says, rest: restOf(parsed.place) };
  }

  env.addEventListener("hashchange", () => void follow());
  env.addEventListener("pagehide", () => {
    if (last !== null && timer !== null) write("replaceState", last);
  });
  return follow();
}

/** The place that `hash` names; an empty one names the first scenario. */
async function read(hash: string): Promise<ParsedLink> {
  if (hash === "" || hash === "#") return { ok: true, place: placeNamed(OPENING) };
  try {
    return (await import("./readLink.ts")).placeOf(hash);
  } catch {
    return {
      ...{ ok: false, rest: null },
      says: "What reads links could not be fetched; see that the page is still being served.",
    };
  }
}

/** A link that cannot be followed: why not, and what it names without the part that is wrong, or null. */
type Damage = Omit<Extract<ParsedLink, { ok: false }>, "ok">;

/** `place` without what its scenario may lack; null where nothing would be left out. */
const restOf = (place: Place): Place | null =>
  place.view === "lab" &&
  place.recording === null &&
  (place.at ?? place.file ?? place.pinned ?? place.only) !== null
    ? { ...place, at: null, file: null, pinned: null, only: place.designs && place.only }
    : null;

/** What makes a new entry of the history. */
const sceneOf = ({ scenario, recording, punches, designs, only }: Place): string =>
  JSON.stringify([scenario, recording, punches, designs, only]);
