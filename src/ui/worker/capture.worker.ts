// SPDX-License-Identifier: GPL-2.0-only
// Holds one recording, away from the page: whatever it takes to read it, the page goes on answering.

import { printDocument } from "../../engine/index.ts";
import { cutsOf } from "./cuts.ts";
import type { Answer, CaptureView, Request } from "./protocol.ts";
import { partOf, type Read, reading } from "./reading.ts";

let held: Read | null = null;

/** Milliseconds between two words of how far it is. */
const PROGRESS_MS = 100;

const say = (answer: Answer, transfer: Transferable[] = []) => postMessage(answer, { transfer });

addEventListener("message", (event: MessageEvent<Request>) => {
  answerTo(event.data).catch((error: unknown) =>
    say({ type: "refused", says: error instanceof Error ? error.message : String(error) }),
  );
});

async function answerTo(request: Request): Promise<void> {
  switch (request.type) {
    case "read": {
      let last = 0;
      const read = await reading(request, (doing, done, of) => {
        const now = performance.now();
        if (now - last < PROGRESS_MS) return;
        last = now;
        say({ type: "progress", doing, done, of });
      });
      held = read;
      return say({ type: "read", view: read.view }, buffersOf(read.view));
    }
    case "window":
      if (held !== null) say({ type: "window", part: partOf(held, request.from) });
      return;
    case "cuts":
      if (held !== null) say({ type: "cuts", cuts: cutsOf(held.document, request.sizes) });
      return;
    case "text":
      if (held !== null) say({ type: "text", text: printDocument(held.document) });
  }
}

/** The columns go to the page: nobody here reads them again. */
function buffersOf({ columns, costs }: CaptureView): Transferable[] {
  const { kind, file, start, end, time } = columns;
  const arrays: ArrayBufferView[] = [kind, file, start, end, ...(time === null ? [] : [time])];
  for (const { calls, callsBefore, wasted, freed } of costs) arrays.push(calls, callsBefore, wasted, freed);
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
