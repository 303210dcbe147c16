// SPDX-License-Identifier: GPL-2.0-only

import { useEffect, useState } from "react";
import type { Play } from "../../../engine/index.ts";
import { knownLife, type Life, lifeOf, living } from "../../scene/life.ts";
import { inSlices } from "../../store/inSlices.ts";

/** A run of so many steps is replayed within a frame. */
const AT_ONCE = 4_096;

/** The life of a page; null while a long run is replayed for it. */
export function useLife(play: Play, file: string, page: number): Life | null {
  const [read, setRead] = useState<Life | null>(null);
  const isShort = play.recording.steps.length <= AT_ONCE;
  const known = isShort ? lifeOf(play, file, page) : knownLife(play, file, page);
  const isKnown = known !== null;
  useEffect(() => {
    if (isKnown) return;
    let isStale = false;
    const pause = async () => {
      await new Promise((done) => setTimeout(done));
      if (isStale) throw new Error("another page is asked for");
    };
    inSlices(living(play, file, page), pause).then(
      (life) => {
        if (!isStale) setRead(life);
      },
      (error: unknown) => {
        if (!isStale) throw error;
      },
    );
    return () => {
      isStale = true;
    };
  }, [play, file, page, isKnown]);
  return known ?? (read !== null && knownLife(play, file, page) === read ? read : null);
}
