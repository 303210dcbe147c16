// SPDX-License-Identifier: GPL-2.0-only
// Opens a recording in a worker of its own. Fetched when a recording is wanted.

import type { Answer, ReadRequest, Request } from "../worker/protocol.ts";
import type { OpenCapture } from "./capture.ts";
import { LoadTrouble } from "./loadTrouble.ts";

/** How far reading is, for whoever shows it. */
export type OpeningProgress = Extract<Answer, { type: "progress" }>;

/**
 * Reads a recording. `signal` ends it, and with it the worker.
 *
 * Throws LoadTrouble where it cannot be read, and the signal's reason where it was ended.
 */
export async function openCapture(
  request: ReadRequest,
  progress: (how: OpeningProgress) => void,
  signal: AbortSignal,
): Promise<OpenCapture> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("../worker/capture.worker.ts", import.meta.url), { type: "module" });
  const ask = asker(worker, progress);
  const end = () => worker.terminate();
  signal.addEventListener("abort", end, { once: true });
  try {
    const { view } = await Promise.race([ask(request, "read"), ended(signal)]);
    return {
      ...{ view, request },
      part: async (from) => (await ask({ type: "window", from }, "window")).part,
      cuts: async (sizes) => (await ask({ type: "cuts", sizes }, "cuts")).cuts,
      text: async () => (await ask({ type: "text" }, "text")).text,
    };
  } catch (error) {
    end();
    throw error;
  } finally {
    signal.removeEventListener("abort", end);
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

type AnswerOf<T extends Answer["type"]> = Extract<Answer, { type: T }>;

/** Asks the worker one thing after the other. */
function asker(worker: Worker, progress: (how: OpeningProgress) => void) {
  let last: Promise<unknown> = Promise.resolve();
  const once = <T extends Answer["type"]>(request: Request, type: T): Promise<AnswerOf<T>> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.type === "progress") progress(data);
        else if (data.type === "refused") reject(new LoadTrouble(data.says));
        else if (data.type === type) resolve(data as AnswerOf<T>);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        const why = event.message === "" ? "" : ` (${event.message})`;
        reject(
          new LoadTrouble(
            `The worker that reads recordings has failed${why}. See that the page is still being served, then try again.`,
          ),
        );
      };
      worker.postMessage(request);
    });
  return <T extends Answer["type"]>(request: Request, type: T): Promise<AnswerOf<T>> => {
    const answer = last.then(() => once(request, type));
    last = answer.catch(() => {});
    return answer;
  };
}
