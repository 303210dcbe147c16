// SPDX-License-Identifier: GPL-2.0-only
import { useCallback, useEffect, useRef, useState } from "react";
import type { SweepCase } from "../../../engine/index.ts";
import type { BenchAnswer, BenchRequest, TimedWalk } from "../../worker/benchProtocol.ts";

export interface OwnWalks {
  readonly walks: readonly TimedWalk[];
  readonly isRunning: boolean;
  readonly trouble: string | null;
}

/** Building more memslots than this takes longer than anybody waits. */
const SIZES = [1, 4, 16, 64, 256, 1024, 4096];

const NOTHING: OwnWalks = { walks: [], isRunning: false, trouble: null };

/** The walks of this page's own code, timed when somebody asks for it; of another case there are none. */
export function useOwnWalks(wanted: SweepCase): [OwnWalks, () => void] {
  const [timed, setTimed] = useState<OwnWalks>(NOTHING);
  const worker = useRef<Worker>(null);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case begins anew
  useEffect(() => {
    setTimed(NOTHING);
    return end;
  }, [wanted, end]);
  const run = useCallback(() => {
    end();
    setTimed({ ...NOTHING, isRunning: true });
    const own = new Worker(new URL("../../worker/bench.worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    own.onmessage = ({ data }: MessageEvent<BenchAnswer>) => {
      if (data.type === "walk") setTimed((before) => ({ ...before, walks: [...before.walks, data.walk] }));
      else {
        end();
        const trouble = data.type === "refused" ? data.says : null;
        setTimed((before) => ({ ...before, isRunning: false, trouble }));
      }
    };
    own.onerror = (event) => {
      event.preventDefault();
      end();
      setTimed({
        ...NOTHING,
        trouble: "The worker that times walks has failed. See that the page is still being served.",
      });
    };
    own.postMessage({ wanted, variants: ["v10", "review"], sizes: SIZES } satisfies BenchRequest);
  }, [wanted, end]);
  return [timed, run];
}
