// SPDX-License-Identifier: GPL-2.0-only
// Sweeps with a worker that is played by hand.
import { expect, it } from "vitest";
import { drain, formulaRows, type SweepCase, sweepSizes, type VariantId } from "../../engine/index.ts";
import type { SweepAnswer, SweepProgress, SweepRequest } from "../worker/sweepProtocol.ts";
import { sweepWork } from "../worker/sweepWork.ts";
import { createSweeps, type SweepEnv } from "./sweeps.ts";

const WANTED: SweepCase = { slotPages: 512, alignment: "aligned", holes: [{ pages: 1 }], vms: 1 };
const ALL: readonly VariantId[] = ["v10", "review", "review-seed"];

function fakes() {
  const workers: { asked: SweepRequest; ended: boolean; answer(answer: SweepAnswer): void }[] = [];
  const timers: (() => void)[] = [];
  const env: SweepEnv = {
    newWorker() {
      const own = { asked: null as unknown as SweepRequest, ended: false };
      const worker = {
        onmessage: null as ((event: MessageEvent) => void) | null,
        onerror: null,
        postMessage(request: SweepRequest) {
          own.asked = request;
          workers.push(
            Object.assign(own, {
              answer: (data: SweepAnswer) => worker.onmessage?.({ data } as MessageEvent),
            }),
          );
        },
        terminate() {
          own.ended = true;
        },
      };
      return worker as unknown as ReturnType<SweepEnv["newWorker"]>;
    },
    now: () => 0,
    setTimeout: (done) => timers.push(done),
    clearTimeout: (timer) => {
      timers[timer - 1] = () => {};
    },
  };
  return {
    workers,
    env,
    elapse() {
      for (const done of timers.splice(0)) done();
    },
  };
}

it("shows at once what can be computed, then what a worker steps; cancelled, what there is stays", () => {
  const { workers, env, elapse } = fakes();
  const sweeps = createSweeps(env);
  const sizes = sweepSizes(1, 64);
  sweeps.ask(WANTED, ALL, sizes);
  const { rows, progress } = sweeps.store.getState();
  expect([...(rows.get("review")?.keys() ?? [])]).toEqual(sizes);
  expect(rows.get("v10")?.get(64)?.counts.startCallbacks).toBe(64);
  expect(progress?.doing).toBe("computing");
  // Whoever drags on asks before the worker is begun.
  sweeps.ask({ ...WANTED, alignment: "shifted" }, ALL, sizes);
  elapse();
  expect(workers.map(({ asked }) => asked.wanted.alignment)).toEqual(["shifted"]);
  sweeps.cancel();
  expect(workers[0]?.ended).toBe(true);
  expect(sweeps.store.getState()).toMatchObject({ isCancelled: true, progress: null });
  expect(sweeps.store.getState().rows.get("review")?.size).toBe(sizes.length);
  sweeps.resume();
  const [, second] = workers;
  const of = (doing: SweepProgress["doing"]) => ({ doing, done: 1, of: 2 });
  const stepped = {
    ...formulaRows("v10", { ...WANTED, alignment: "shifted" }, 64)[0]!,
    source: "stepped" as const,
  };
  second?.answer({ type: "rows", rows: [stepped], progress: of("stepping") });
  expect(sweeps.store.getState().rows.get("v10")?.get(64)?.source).toBe("stepped");
  // A computed row does not take the place of a stepped one, whenever it comes.
  second?.answer({ type: "rows", rows: [{ ...stepped, source: "formula" }], progress: of("computing") });
  expect(sweeps.store.getState().rows.get("v10")?.get(64)?.source).toBe("stepped");
  second?.answer({ type: "done" });
  expect(sweeps.store.getState().progress).toBeNull();
});

it("a worker tells every size computed first, then every size of KVM stepped, and the two agree", () => {
  const told: { row: ReturnType<typeof formulaRows>[number]; doing: string }[] = [];
  const sizes = [1, 64, 300];
  drain(
    sweepWork(
      { wanted: WANTED, variants: ALL, sizes, isComputedOnly: false },
      (rows, { doing, done, of }) => {
        expect(done).toBeLessThanOrEqual(of);
        told.push(...rows.map((row) => ({ row, doing })));
      },
    ),
  );
  const of = (doing: string) => told.filter((each) => each.doing === doing).map(({ row }) => row);
  expect(of("computing")).toHaveLength(9);
  expect(of("stepping")).toHaveLength(9);
  for (const row of of("stepping")) {
    expect(row.source).toBe("stepped");
    const same = of("computing").find(({ variant, slots }) => variant === row.variant && slots === row.slots);
    expect({ ...row, source: "formula" }).toEqual(same);
  }
});
