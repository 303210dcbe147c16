// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { eventsHash, goTo } from "../../engine/index.ts";
import { momentAt, timeMax } from "./clock.ts";
import { createLab, type Lab } from "./lab.ts";

const served = async (path: string) =>
  readFileSync(new URL(`../../../public/${path}`, import.meta.url), "utf8");

const newLab = (fetchText = served): Lab =>
  createLab({ fetchBlob: async (path) => new Blob([await fetchText(path)]), pause: async () => {} }, "dark");

async function labWith(name: string): Promise<Lab> {
  const lab = newLab();
  await lab.choose(name);
  return lab;
}

/** The hashes once they have been counted. */
const hashesOf = (lab: Lab) =>
  vi.waitFor(() => {
    const { hashes } = stateOf(lab);
    if (hashes === null) throw new Error("not yet counted");
    return hashes;
  });

const stateOf = (lab: Lab) => lab.store.getState();

/** The worlds as text; bigints do not go into JSON. */
const worldsOf = (lab: Lab) =>
  stateOf(lab).frames?.map(({ world }) =>
    JSON.stringify(world, (_, value) => (typeof value === "bigint" ? `${value}n` : value)),
  );

describe("a scenario", () => {
  it("is shown paused, with the hash of each design's events", async () => {
    const lab = await labWith("t-b1");
    const { loaded, playing, loading, trouble } = stateOf(lab);
    expect({ playing, loading, trouble }).toEqual({ playing: false, loading: null, trouble: null });
    expect(loaded?.plays.map(({ variant }) => variant)).toEqual(["v10", "review"]);
    expect(await hashesOf(lab)).toEqual(loaded?.plays.map(eventsHash));
  });

  it("that cannot be fetched or read leaves what is shown as it was, and says what to do", async () => {
    for (const fetchText of [
      () => Promise.reject(new Error("the server answered 404")),
      async () => "{",
      async () => '{"format":"restricted-memory-lab/1"}',
    ]) {
      const lab = newLab(fetchText);
      await lab.choose("t-a-12");
      const before = stateOf(lab);
      await lab.choose("q35-boot");
      const { trouble, loading, ...after } = stateOf(lab);
      expect(trouble).toMatch(/q35-boot.*[Cc]hoose/);
      expect(loading).toBeNull();
      expect(after).toEqual(expect.objectContaining({ loaded: before.loaded, frames: before.frames }));
    }
  });

  it.each(["comes late", "fails late"])(
    "that was chosen last is shown, where an earlier one %s",
    async (how) => {
      let settle = (_: string | Promise<string>) => {};
      let ask = () => {};
      const asked = new Promise<void>((resolve) => {
        ask = resolve;
      });
      const lab = newLab(
        () =>
          new Promise((resolve) => {
            settle = resolve;
            ask();
          }),
      );
      const slow = lab.choose("q35-boot");
      await asked;
      await lab.choose("t-b1");
      settle(how === "comes late" ? served("scenarios/q35-boot.json") : Promise.reject(new Error("gone")));
      await slow;
      expect(stateOf(lab)).toEqual(expect.objectContaining({ loading: null, trouble: null }));
      expect(stateOf(lab).loaded?.name).toBe("t-b1");
    },
  );
});

describe("time", () => {
  it("at every time both worlds are what a replay from the beginning gives, forward and back", async () => {
    const lab = await labWith("t-c2");
    const { loaded } = stateOf(lab);
    const end = timeMax(loaded!.clock);
    const times = Array.from({ length: end + 1 }, (_, k) => k);
    const seen = new Map<number, unknown>();
    for (const time of times) {
      lab.goTo(time);
      const fresh = stateOf(lab).frames!.map(({ play, step }) => goTo(play.recording, step).world);
      expect(stateOf(lab).frames!.map(({ world }) => world)).toEqual(fresh);
      seen.set(time, worldsOf(lab));
    }
    for (const time of times.reverse()) {
      lab.goTo(time);
      expect(worldsOf(lab), `back at ${time}`).toEqual(seen.get(time));
    }
  });

  it("each change makes fresh frames and a higher revision; standing still makes neither", async () => {
    const lab = await labWith("t-a-12");
    const before = stateOf(lab);
    lab.goTo(before.time);
    expect(stateOf(lab)).toBe(before);
    lab.goTo(before.time + 1);
    const after = stateOf(lab);
    expect(after.revision).toBe(before.revision + 1);
    expect(after.frames?.[0]).not.toBe(before.frames?.[0]);
    expect(before.frames?.[0].step).toBe(before.time);
  });

  it("stays between the beginning and the end", async () => {
    const lab = await labWith("t-a-12");
    lab.goTo(-3);
    expect(stateOf(lab).time).toBe(0);
    lab.goTo(1e9);
    expect(stateOf(lab).time).toBe(38);
    expect(stateOf(lab).frames?.map(({ step }) => step)).toEqual([38, 14]);
  });

  it("a step of one design is gone to by its number in that design", async () => {
    const lab = await labWith("t-c2");
    for (const design of [0, 1] as const) {
      lab.goToStep(design, 9);
      expect(stateOf(lab).frames?.[design].step).toBe(9);
    }
  });

  it("playing from the end starts over", async () => {
    const lab = await labWith("t-a-12");
    lab.goTo(38);
    lab.setPlaying(true);
    expect(stateOf(lab)).toEqual(expect.objectContaining({ time: 0, playing: true }));
  });
});

it("zoom stops where the window would stay as it is, and so does the way back", async () => {
  const lab = await labWith("t-a-512");
  const zooms = ([1, 1, 1, 1, -1, -1, -1, -1, -1, -1, 1] as const).map((by) => {
    lab.zoomBy(by);
    return stateOf(lab).zoom;
  });
  const nearest = Math.max(...zooms);
  const farthest = Math.min(...zooms);
  expect(zooms.slice(0, 4).at(-1)).toBe(nearest);
  expect(nearest - farthest).toBeGreaterThan(0);
  expect(zooms.at(-2)).toBe(farthest);
  expect(zooms.at(-1)).toBe(farthest + 1);
});

it("a new scenario forgets the zoom and the file that were chosen for the old one", async () => {
  const lab = await labWith("t-a-512");
  lab.zoomBy(-1);
  lab.setFile("f0");
  expect(stateOf(lab)).toEqual(expect.objectContaining({ zoom: -1, file: "f0" }));
  await lab.choose("t-b1");
  expect(stateOf(lab)).toEqual(expect.objectContaining({ zoom: 0, file: null }));
});

describe("designs", () => {
  it("any two can be shown, at the same step of the same operation, and swapped without playing again", async () => {
    const lab = await labWith("t-c1");
    lab.goTo(5);
    const moment = () => {
      const { loaded, time } = stateOf(lab);
      return loaded && momentAt(loaded.clock, time);
    };
    const before = moment();
    const [upper] = stateOf(lab).loaded?.plays ?? [];
    await lab.setDesigns(["v10", "review"]);
    expect(stateOf(lab).loaded?.plays.map(({ variant }) => variant)).toEqual(["v10", "review"]);
    expect(moment()?.operation).toBe(before?.operation);
    const plays = stateOf(lab).loaded?.plays;
    await lab.setDesigns(["review", "v10"]);
    expect(stateOf(lab).loaded?.plays).toEqual([plays?.[1], plays?.[0]]);
    expect(stateOf(lab).loaded?.plays[0]).toBe(plays?.[1]);
    expect([...(stateOf(lab).loaded?.played.values() ?? [])]).toContain(upper);
    expect(await hashesOf(lab)).toEqual(stateOf(lab).loaded?.plays.map(eventsHash));
  });

  it("one alone has the clock to itself, and is where it was", async () => {
    const lab = await labWith("t-a-12");
    const steps = stateOf(lab).loaded?.plays.map(({ recording }) => recording.steps.length) ?? [];
    lab.goTo(9);
    lab.setOnly(1);
    expect(timeMax(stateOf(lab).loaded!.clock)).toBe(steps[1]);
    expect(stateOf(lab).frames?.[1]).toMatchObject({ step: 9, waiting: false });
    lab.goTo(Number.POSITIVE_INFINITY);
    expect(stateOf(lab).frames?.[1]).toMatchObject({ step: steps[1], waiting: false });
    lab.setOnly(null);
    expect(timeMax(stateOf(lab).loaded!.clock)).toBe(steps[0]);
    expect(stateOf(lab).time).toBe(steps[1]);
  });
});

describe("a punch of the viewer's own", () => {
  it("replaces a single punch, and plays from its first step", async () => {
    const lab = await labWith("t-a-12");
    await lab.punch("f0", 40, 48);
    await lab.punch("f0", 4, 5);
    const { loaded, time, playing } = stateOf(lab);
    expect(loaded?.punches).toEqual([{ file: "f0", start: 4, end: 5 }]);
    expect({ time, playing }).toEqual({ time: 0, playing: true });
    expect(loaded?.plays[1].counters.startHits).toBe(1);
  });

  it("comes after the last operation of one task", async () => {
    const lab = await labWith("t-c1");
    const before = stateOf(lab).loaded!.clock;
    await lab.punch("f0", 0, 1);
    await lab.punch("f0", 5, 6);
    const { loaded, time } = stateOf(lab);
    expect(loaded?.clock.begins).toHaveLength(before.begins.length + 2);
    expect(momentAt(loaded!.clock, time + 1)).toEqual({
      operation: before.begins.length,
      step: 1,
    });
  });

  it("is a task of its own beside several, and is shown from where it begins", async () => {
    const lab = await labWith("t-b1");
    await lab.punch("f0", 256, 320);
    const { loaded, frames } = stateOf(lab);
    expect([...(loaded?.scenario.tasks.keys() ?? [])]).toEqual(["P", "U", "P2"]);
    const own = frames?.map(({ play, step }) => play.recording.steps.slice(0, step).map(({ task }) => task));
    expect(own?.flat()).not.toContain(2);
    lab.goTo(stateOf(lab).time + 1);
    const then = stateOf(lab).frames?.map(({ play, step }) => play.recording.steps[step - 1]?.task);
    expect(then).toContain(2);
  });

  it("of a file that is not there changes nothing, and says so", async () => {
    const lab = await labWith("t-b1");
    const before = stateOf(lab);
    await lab.punch("f9", 0, 1);
    expect(stateOf(lab).trouble).toMatch(/no file f9.*f0/);
    expect(stateOf(lab).frames).toBe(before.frames);
  });
});

describe("what happens is to be seen happening", () => {
  const from = (lab: Lab) => stateOf(lab).frames?.map((frame) => frame.from);

  it("only after one step forward, and in play no faster than 1x", async () => {
    const lab = await labWith("t-a-12");
    lab.goTo(3);
    expect(from(lab)).toEqual([null, null]);
    lab.goTo(4);
    expect(from(lab)).toEqual([3, 3]);
    lab.goTo(6);
    expect(from(lab)).toEqual([null, null]);
    lab.goTo(5);
    expect(from(lab)).toEqual([null, null]);
    lab.setPlaying(true);
    lab.goTo(6);
    expect(from(lab)).toEqual([5, 5]);
    lab.setSpeed(4);
    lab.goTo(7);
    expect(from(lab)).toEqual([null, null]);
  });
});
