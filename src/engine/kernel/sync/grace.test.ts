// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../../assert.ts";
import { drive } from "../../sim/drive.ts";
import { type Path, step } from "../../sim/gate.ts";
import { rehearse } from "../../sim/rehearse.ts";
import type { SyncEnv, SyncEvent } from "./events.ts";
import {
  copySrcu,
  newSrcu,
  type Srcu,
  srcuReadLock,
  srcuReadUnlock,
  synchronizeRcu,
  synchronizeSrcu,
} from "./grace.ts";

/** A task that looks something up and keeps it over `gates` further steps. */
const reader = (task: string, srcu: Srcu, gates: number) =>
  function* (emit: (event: SyncEvent) => void): Path<void> {
    const env: SyncEnv = { task, emit };
    yield* step("look up", () => srcuReadLock(env, srcu));
    for (let k = 0; k < gates; k++) yield* step("use", () => {});
    yield* step("forget", () => srcuReadUnlock(env, srcu));
  };

const writer = (srcu: Srcu) =>
  function* (emit: (event: SyncEvent) => void): Path<void> {
    yield* step("unpublish", () => {});
    yield* synchronizeSrcu({ task: "W", emit }, srcu, "wait for readers");
  };

function story(readers: readonly string[], choices: readonly string[]) {
  const srcu = newSrcu("the srcu");
  const told: string[] = [];
  const { stuck, putOffs } = rehearse<SyncEvent>(
    { ...Object.fromEntries(readers.map((task) => [task, reader(task, srcu, 1)])), W: writer(srcu) },
    { choices, watch: (task, events) => told.push(...events.map(({ type }) => `${task} ${type}`)) },
  );
  expect(stuck).toEqual([]);
  return { told, putOffs };
}

describe("an SRCU grace period", () => {
  it("elapses at once where nobody reads", () => {
    const { told, putOffs } = story(["R"], ["W to end"]);
    expect(told[0]).toBe("W grace.elapsed");
    expect(putOffs).toEqual([]);
  });

  it("waits for every reader that is inside, and for no longer", () => {
    const { told, putOffs } = story(["R", "S"], ["R", "S", "W to end", "R to end", "S to end"]);
    expect(told).toEqual([
      "R srcu.entered",
      "S srcu.entered",
      "R srcu.left",
      "S srcu.left",
      "W grace.elapsed",
    ]);
    expect(putOffs).toMatchObject([{ task: "W", at: "wait for readers" }]);
  });

  it("waits for a reader that entered twice until it has left twice", () => {
    const srcu = newSrcu("the srcu");
    const env: SyncEnv = { task: "R", emit: () => {} };
    srcuReadLock(env, srcu);
    srcuReadLock(env, srcu);
    srcuReadUnlock(env, srcu);
    expect(() => drive(synchronizeSrcu(env, srcu, "wait"))).toThrow("waits");
    srcuReadUnlock(env, srcu);
    drive(synchronizeSrcu(env, srcu, "wait"));
  });

  it("is told with the name of its domain", () => {
    const told: SyncEvent[] = [];
    drive(
      synchronizeSrcu({ task: "W", emit: (event) => told.push(event) }, newSrcu("vm0/kvm->srcu"), "wait"),
    );
    expect(told).toEqual([{ type: "grace.elapsed", of: "vm0/kvm->srcu" }]);
  });

  it("has no reader that leaves without having entered", () => {
    const srcu = newSrcu("the srcu");
    srcuReadLock({ task: "R", emit: () => {} }, srcu);
    expect(() => srcuReadUnlock({ task: "S", emit: () => {} }, srcu)).toThrow(ModelBug);
    expect(srcu.readers).toEqual(["R"]);
  });

  it("is copied with its readers: what happens to the copy does not happen to it", () => {
    const srcu = newSrcu("the srcu");
    const env: SyncEnv = { task: "R", emit: () => {} };
    srcuReadLock(env, srcu);
    const copy = copySrcu(srcu);
    expect(copy).toEqual(srcu);
    srcuReadUnlock(env, copy);
    expect(srcu.readers).toEqual(["R"]);
  });
});

it("an RCU grace period is one step that can always be taken, whoever reads", () => {
  const srcu = newSrcu("the srcu");
  const { steps, putOffs } = rehearse<SyncEvent>(
    {
      R: reader("R", srcu, 3),
      W: (emit) => synchronizeRcu({ task: "W", emit }, "wait for RCU"),
    },
    { choices: ["R", "W"] },
  );
  expect(steps[1]).toMatchObject({ task: 1, events: [{ type: "grace.elapsed", of: "RCU" }] });
  expect(putOffs).toEqual([]);
});
