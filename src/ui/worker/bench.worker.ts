// SPDX-License-Identifier: GPL-2.0-only
// Times the engine's own walks on this computer.

import { ownWalks } from "../../engine/index.ts";
import type { BenchAnswer, BenchRequest } from "./benchProtocol.ts";
import { nsPerCall } from "./nsPerCall.ts";

const say = (answer: BenchAnswer) => postMessage(answer);

addEventListener("message", ({ data: { wanted, variants, sizes } }: MessageEvent<BenchRequest>) => {
  try {
    for (const variant of variants)
      for (const own of ownWalks(variant, wanted, sizes))
        if (own !== null) {
          const ns = nsPerCall(own.walk, () => performance.now());
          say({ type: "walk", walk: { variant, slots: own.slots, ns } });
        }
    say({ type: "done" });
  } catch (error) {
    say({ type: "refused", says: error instanceof Error ? error.message : String(error) });
  }
});
