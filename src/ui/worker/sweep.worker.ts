// SPDX-License-Identifier: GPL-2.0-only
// Counts for the fan-out view, away from the page. Who asks for something else ends this worker.

import { drain, type SweepRow } from "../../engine/index.ts";
import type { SweepAnswer, SweepProgress, SweepRequest } from "./sweepProtocol.ts";
import { sweepWork } from "./sweepWork.ts";

/** Milliseconds between two answers: the page draws each of them. */
const TELL_MS = 60;

const say = (answer: SweepAnswer) => postMessage(answer);

addEventListener("message", ({ data }: MessageEvent<SweepRequest>) => {
  try {
    let kept: SweepRow[] = [];
    let last = performance.now();
    let latest: SweepProgress | null = null;
    drain(
      sweepWork(data, (rows, progress) => {
        kept.push(...rows);
        latest = progress;
        if (performance.now() - last < TELL_MS) return;
        last = performance.now();
        say({ type: "rows", rows: kept, progress });
        kept = [];
      }),
    );
    if (latest !== null) say({ type: "rows", rows: kept, progress: latest });
    say({ type: "done" });
  } catch (error) {
    say({ type: "refused", says: error instanceof Error ? error.message : String(error) });
  }
});
