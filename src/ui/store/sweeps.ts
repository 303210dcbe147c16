// SPDX-License-Identifier: GPL-2.0-only
// The rows of the fan-out view: at once what is cheap to compute, the rest from a worker, and what was counted once is kept.

import { createStore, type StoreApi } from "zustand/vanilla";
import {
  formulaRows,
  STEPPED_MAX,
  type SweepCase,
  type SweepRow,
  type VariantId,
} from "../../engine/index.ts";
import type { SweepAnswer, SweepProgress, SweepRequest } from "../worker/sweepProtocol.ts";

/** By design, then by number of slots. */
export type Rows = ReadonlyMap<VariantId, ReadonlyMap<number, SweepRow>>;

export interface SweepState {
  readonly rows: Rows;
  /** Null while nothing is counted. */
  readonly progress: SweepProgress | null;
  /** Whether the viewer has ended it before it was done. */
  readonly isCancelled: boolean;
  readonly trouble: string | null;
}

export interface Sweeps {
  readonly store: StoreApi<SweepState>;
  /** Shows the rows of `wanted` at `sizes`, ascending; what is missing of them is counted. */
  ask(wanted: SweepCase, variants: readonly VariantId[], sizes: readonly number[]): void;
  /** Ends the counting; the rows that are there stay. */
  cancel(): void;
  /** Counts what a cancelled sweep left. */
  resume(): void;
  end(): void;
}

/** What sweeps need of the page. */
export interface SweepEnv {
  newWorker(): Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;
  now(): number;
  setTimeout(done: () => void, ms: number): number;
  clearTimeout(timer: number): void;
}

/** Milliseconds of computing in the page itself: less than a frame. */
const AT_ONCE_MS = 10;

/** Whoever drags asks for the next thing within this time. */
const QUIET_MS = 140;

const KEPT_MAX = 24;

export function createSweeps(env: SweepEnv): Sweeps {
  const store = createStore<SweepState>(() => ({
    ...{ rows: new Map(), progress: null, isCancelled: false, trouble: null },
  }));
  /** By case; the one that was asked for last stands last. */
  const kept = new Map<string, Map<VariantId, Map<number, SweepRow>>>();
  let asked: { key: string; request: SweepRequest } | null = null;
  let worker: ReturnType<SweepEnv["newWorker"]> | null = null;
  let timer: number | null = null;

  function add(key: string, rows: readonly SweepRow[]): Rows {
    const own = kept.get(key) ?? new Map<VariantId, Map<number, SweepRow>>();
    kept.delete(key);
    kept.set(key, own);
    if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value as string);
    for (const row of rows) {
      const bySize = own.get(row.variant) ?? new Map<number, SweepRow>();
      own.set(row.variant, bySize);
      if (bySize.get(row.slots)?.source !== "stepped") bySize.set(row.slots, row);
    }
    return new Map([...own].map(([variant, bySize]) => [variant, new Map(bySize)]));
  }

  function stop(): void {
    worker?.terminate();
    worker = null;
    if (timer !== null) env.clearTimeout(timer);
    timer = null;
  }

  function begin(key: string, request: SweepRequest): void {
    const { variants } = request;
    const all = kept.get(key);
    const isThere = (size: number) =>
      variants.every((variant) => {
        const row = all?.get(variant)?.get(size);
        return row !== undefined && (row.source === "stepped" || size > STEPPED_MAX);
      });
    const sizes = request.sizes.filter((size) => !isThere(size));
    if (sizes.length === 0) {
      store.setState({ progress: null });
      return;
    }
    const own = env.newWorker();
    worker = own;
    own.onmessage = ({ data }: MessageEvent<SweepAnswer>) => {
      if (worker !== own) return;
      if (data.type === "rows") store.setState({ rows: add(key, data.rows), progress: data.progress });
      else {
        stop();
        store.setState({ progress: null, trouble: data.type === "refused" ? data.says : null });
      }
    };
    own.onerror = (event) => {
      event.preventDefault();
      if (worker !== own) return;
      stop();
      const trouble = "The worker that counts has failed. See that the page is still being served.";
      store.setState({ progress: null, trouble });
    };
    own.postMessage({ ...request, sizes } satisfies SweepRequest);
  }

  /** What can be computed before the next frame: the list always, the rest as far as it goes. */
  function atOnce({ wanted, variants, sizes }: SweepRequest): SweepRow[] {
    const rows = variants.includes("v10") ? sizes.flatMap((size) => formulaRows("v10", wanted, size)) : [];
    const began = env.now();
    for (const size of sizes) {
      if (env.now() - began > AT_ONCE_MS) break;
      for (const variant of variants) if (variant !== "v10") rows.push(...formulaRows(variant, wanted, size));
    }
    return rows;
  }

  return {
    store,
    ask(wanted, variants, sizes) {
      stop();
      const key = JSON.stringify(wanted);
      const request = { wanted, variants, sizes, isComputedOnly: false };
      asked = { key, request };
      const isKnown = kept.has(key);
      store.setState({
        rows: add(key, isKnown ? [] : atOnce(request)),
        ...{ progress: { doing: "computing", done: 0, of: 1 }, isCancelled: false, trouble: null },
      });
      timer = env.setTimeout(() => {
        timer = null;
        begin(key, request);
      }, QUIET_MS);
    },
    cancel() {
      stop();
      store.setState({ progress: null, isCancelled: true });
    },
    resume() {
      if (asked === null) return;
      store.setState({ progress: { doing: "computing", done: 0, of: 1 }, isCancelled: false });
      begin(asked.key, asked.request);
    },
    end: stop,
  };
}
