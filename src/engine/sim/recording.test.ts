// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { ModelBug } from "../assert.ts";
import { drive } from "./drive.ts";
import { call, type Path, step, stepWhen } from "./gate.ts";
import { BoundReached, fork, goTo, record, ReplayDivergence, stepOn } from "./recording.ts";
import type { Model } from "./run.ts";
import { newToyWorld, type Program, toyModel } from "./toy.ts";

const recorded = (program: Program) => record(toyModel(program), newToyWorld(), []);

/** A model of one task P whose operations all run `path`. */
const modelOf = (path: () => Path<unknown>, operations = 1): Model<{ n: number }, string> => ({
  tasks: [{ name: "P", operations }],
  *begin() {
    yield* path();
  },
  copy: (world) => ({ ...world }),
  reached: () => false,
});

describe("a step", () => {
  it("names the calls that are open and its gate, innermost last", () => {
    const { steps } = recorded({ A: [["a", { call: ["a", { call: ["b"] }, "a"] }, "b"]] });
    const inside = "toy: inside a call";
    expect(steps.map(({ at }) => at)).toEqual([
      ["toy: begin"],
      ["toy: add to a"],
      [inside, "toy: add to a"],
      [inside, inside, "toy: mix a into b"],
      [inside, "toy: add to a"],
      ["toy: mix a into b"],
    ]);
  });

  it("names its operation, counted from 0 within the task", () => {
    const { steps } = recorded({ A: [["a"], [], ["a"]] });
    expect(steps.map(({ operation }) => operation)).toEqual([0, 0, 1, 2, 2]);
  });

  it("holds the events of what it did, and of nothing that another step did", () => {
    const { steps } = recorded({ A: [["a", "lock", "unlock"]] });
    expect(steps.map(({ events }) => events.map(({ type }) => type))).toEqual([
      ["begun"],
      ["a"],
      ["locked"],
      ["unlocked"],
    ]);
  });

  it("gives what its act returned back to the path, through calls too", () => {
    const returned: unknown[] = [];
    const path = function* (): Path<number> {
      const one = yield* step("one", () => 1);
      const two = yield* call(
        "call",
        (function* () {
          return (
            one +
            (yield* stepWhen(
              "two",
              () => true,
              () => 1,
            ))
          );
        })(),
      );
      returned.push(one, two);
      return two;
    };
    expect(drive(path())).toBe(2);
    expect(returned).toEqual([1, 2]);
  });
});

describe("record", () => {
  it("takes as many steps as it may, and not one more", () => {
    const program: Program = { A: [["a", "a", "a"]] };
    const withBound = (stepsMax: number) => record(toyModel(program), newToyWorld(), [], { stepsMax });
    expect(withBound(4).steps).toHaveLength(4);
    expect(() => withBound(3)).toThrow(BoundReached);
    expect(() => withBound(3)).toThrow("3 steps");
  });

  it("shows each step to its watcher before the next is taken", () => {
    const seen: number[] = [];
    record(toyModel({ A: [["a", "a"]] }), newToyWorld(), [], {
      watch: ({ events }, { world, step: number }) => seen.push(number, world.a, events.length),
    });
    expect(seen).toEqual([1, 0, 1, 2, 1, 1, 3, 2, 1]);
  });

  it("is empty where there is nothing to do", () => {
    expect(recorded({ A: [] })).toMatchObject({ steps: [], putOffs: [], stuck: [] });
  });
});

describe("a broken model is caught", () => {
  it("an operation without a step", () => {
    const empty = modelOf(function* () {});
    expect(() => record(empty, { n: 0 }, [])).toThrow(ModelBug);
    expect(() => record(empty, { n: 0 }, [])).toThrow("operation 0 of task P has no step");
  });

  it("an operation whose first gate would have to wait", () => {
    const waiting = modelOf(() =>
      stepWhen(
        "never",
        () => false,
        () => {},
      ),
    );
    expect(() => record(waiting, { n: 0 }, [])).toThrow(
      'task P does not wait at "never", which is not ready',
    );
  });

  it("a path that runs alone and would have to wait", () => {
    const path = stepWhen(
      "never",
      () => false,
      () => {},
    );
    expect(() => drive(path)).toThrow('a path that runs alone waits at "never"');
  });

  it("a step beyond the end of the recording", () => {
    const recording = recorded({ A: [["a"]] });
    expect(() => goTo(recording, 3)).toThrow(ModelBug);
    expect(() => stepOn(recording, goTo(recording, 2))).toThrow("step 3 is missing");
  });

  it("a path that reads something outside the world tells more or less in a replay, or stands elsewhere", () => {
    let outside = 0;
    const telling: Model<{ n: number }, string> = {
      ...modelOf(function* () {}),
      *begin(_world, _task, _operation, emit) {
        yield* step("tell", () => {
          for (let k = 0; k < outside; k++) emit("told");
          outside++;
        });
      },
    };
    const told = record(telling, { n: 0 }, []);
    expect(() => goTo(told, 1)).toThrow(ReplayDivergence);
    expect(() => goTo(told, 1)).toThrow(/Step 1 of the replay told 2 events at "tell"; the recording has 0/);

    let turn = 0;
    const elsewhere = modelOf(function* () {
      yield* step(turn++ === 0 ? "left" : "right", () => {});
    });
    expect(() => goTo(record(elsewhere, { n: 0 }, []), 1)).toThrow(/"right"; the recording has 0 at "left"/);
  });
});

describe("going to a step", () => {
  // Each operation is 3 steps, so that the run is at rest often; the two tasks never overlap. No two operations
  // that follow one another do the same, so that a replay which begins with the wrong one is seen.
  const OPERATIONS = 1_500;
  const operations = Array.from({ length: OPERATIONS }, (_, k) =>
    k % 2 ? (["a", "b"] as const) : (["b", "a"] as const),
  );
  const program: Program = { A: operations, B: operations };

  it("begins at the nearest copy of the world, not at the first", () => {
    let begun = 0;
    const model = toyModel(program);
    const counting: typeof model = {
      ...model,
      begin: (...given) => {
        begun++;
        return model.begin(...given);
      },
    };
    const recording = record(counting, newToyWorld(), []);
    expect(recording.steps).toHaveLength(OPERATIONS * 2 * 3);
    expect(recording.checkpoints.map(({ step: at }) => at)).toEqual([
      0, 1_002, 2_004, 3_006, 4_008, 5_010, 6_012, 7_014, 8_016,
    ]);
    begun = 0;
    goTo(recording, 8_020);
    expect(begun).toBe(2);
  });

  it("keeps a bounded number of copies of a run of any length, evenly spread", () => {
    const long: Program = { A: Array.from({ length: 100_000 }, () => ["a", "b"] as const) };
    const { checkpoints, steps } = record(toyModel(long), newToyWorld(), []);
    expect(steps).toHaveLength(300_000);
    expect(checkpoints.length).toBeGreaterThan(60);
    expect(checkpoints.length).toBeLessThanOrEqual(128);
    const gaps = checkpoints.slice(1).map(({ step: at }, k) => at - checkpoints[k]!.step);
    expect(Math.max(...gaps)).toBeLessThan(2.1 * Math.min(...gaps));
  });

  it("shows the world that was there, before, at and after each copy", () => {
    const worlds: string[] = [JSON.stringify(newToyWorld())];
    const recording = record(toyModel(program), newToyWorld(), [], {
      watch: (_, { world }) => worlds.push(JSON.stringify(world)),
    });
    for (const { step: at } of recording.checkpoints)
      for (const k of [at - 1, at, at + 1, at + 2])
        if (k >= 0) expect(JSON.stringify(goTo(recording, k).world), `step ${k}`).toBe(worlds[k]);
  });

  it("changes nothing that the recording keeps", () => {
    const recording = recorded(program);
    const before = JSON.stringify(recording);
    const run = goTo(recording, 5_000);
    for (let k = 0; k < 100; k++) stepOn(recording, run);
    fork(recording, 2_500, []);
    expect(JSON.stringify(recording)).toBe(before);
  });
});

describe("a fork", () => {
  it("keeps the beginning and goes on as the new choices say", () => {
    const model = toyModel({ A: [["a", "a"]], B: [["b", "b"]] });
    const tasks = (recording: ReturnType<typeof fork>) =>
      recording.steps.map(({ task }) => model.tasks[task]?.name).join("");
    const first = record(model, newToyWorld(), []);
    expect(tasks(first)).toBe("AAABBB");
    const second = fork(first, 2, [{ task: "B", text: "B to end", for: "end" }]);
    expect(tasks(second)).toBe("AABBBA");
    expect(second.steps.slice(0, 2)).toEqual(first.steps.slice(0, 2));
  });

  it("without choices lets the task go on that ran last, as the run itself would have", () => {
    const program: Program = { A: [["a", "a", "a"]], B: [["a", "a", "a"]] };
    const model = toyModel(program);
    const first = record(model, newToyWorld(), [{ task: "B", text: "B*2", for: "steps", steps: 2 }]);
    expect(fork(first, 2, []).steps).toEqual(first.steps);
  });
});
