// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { timeMax } from "../store/clock.ts";
import { jumpTime } from "../store/jumps.ts";
import { createLab } from "../store/lab.ts";
import { type FrameSource, startPlayer } from "./player.ts";
import { offerSpeeds, openingSpeed } from "./speeds.ts";

/** Frames that come when the test says so, on a page that the test hides. */
function frames() {
  let asked = new Map<number, (now: number) => void>();
  let last = 0;
  let now = 1_000;
  const watching = new Set<() => void>();
  const document = {
    hidden: false,
    addEventListener: (_: string, listener: () => void) => void watching.add(listener),
    removeEventListener: (_: string, listener: () => void) => void watching.delete(listener),
  };
  const source: FrameSource = {
    requestAnimationFrame(callback) {
      asked.set(++last, callback);
      return last;
    },
    cancelAnimationFrame: (handle) => void asked.delete(handle),
    document,
  };
  const frame = (ms: number): void => {
    now += ms;
    const due = asked;
    asked = new Map();
    for (const callback of due.values()) callback(now);
  };
  return {
    source,
    waiting: () => asked.size,
    watching,
    hide(hidden: boolean) {
      document.hidden = hidden;
      for (const listener of watching) listener();
    },
    /** One frame, `ms` after the one before. */
    frame,
    /** Frames of 20 ms for `ms`. */
    run(ms: number) {
      for (let k = 0; k < ms; k += 20) frame(20);
    },
  };
}

it("stands still for four seconds where something breaks, so that it can be read; not at a high speed", async () => {
  const { lab, run, time } = await playing("t-b1");
  const { loaded } = lab.store.getState();
  const broken = jumpTime(loaded!, "finding", -1, 1) ?? 0;
  expect(broken).toBeGreaterThan(2);
  lab.goTo(broken - 2);
  lab.setPlaying(true);
  run(2_000);
  expect(time()).toBe(broken);
  run(2_000);
  expect(time()).toBe(broken);
  run(1_500);
  expect(time()).toBeGreaterThan(broken);
  lab.setPlaying(false);
  lab.goTo(broken - 2);
  lab.setSpeed(16);
  lab.setPlaying(true);
  run(1_000);
  expect(time()).toBeGreaterThan(broken);
});

async function playing(name = "t-a-12") {
  const lab = createLab(
    { fetchBlob: () => Promise.reject(new Error("not served")), pause: async () => {} },
    "dark",
  );
  const screen = frames();
  offerSpeeds(lab);
  const end = startPlayer(lab, screen.source);
  await lab.choose(name);
  return { lab, ...screen, end, time: () => lab.store.getState().time };
}

/** Plays from the beginning and has taken the first step. */
async function started(speed: number, name?: string) {
  const player = await playing(name);
  player.lab.goTo(0);
  player.lab.setSpeed(speed);
  player.lab.setPlaying(true);
  player.frame(16);
  expect(player.time()).toBeGreaterThanOrEqual(1);
  return player;
}

it("asks for no frame until somebody plays, and for none after the pause", async () => {
  const { lab, waiting } = await playing();
  expect(waiting()).toBe(0);
  lab.setPlaying(true);
  expect(waiting()).toBe(1);
  lab.setPlaying(false);
  expect(waiting()).toBe(0);
});

it.each([
  [0.25, 1_000],
  [0.5, 500],
  [1, 250],
  [4, 62.5],
])("at speed %d the first step comes at once and every other %d ms later", async (speed, ms) => {
  const { frame, time } = await started(speed);
  expect(time()).toBe(1);
  for (let k = 1; k < 25; k++) frame(ms / 25);
  expect(time()).toBe(1);
  frame(ms / 25);
  expect(time()).toBe(2);
});

it("a fast run takes several steps a frame, each frame in one go", async () => {
  const { lab, frame, time } = await started(256, "t-a-4096");
  const { revision } = lab.store.getState();
  const before = time();
  for (let k = 0; k < 10; k++) frame(20);
  expect(time() - before).toBe(Math.floor(0.2 * 4 * 256));
  expect(lab.store.getState().revision - revision).toBe(10);
});

it("takes the same steps in the same time whatever the length of the run", async () => {
  const [short, long] = [await started(4), await started(4, "t-a-512")];
  for (const { run } of [short, long]) run(1_000);
  expect(short.time()).toBe(17);
  expect(long.time()).toBe(17);
});

it("makes nothing up after a long silence but one slow frame's worth", async () => {
  const { frame, time } = await started(16);
  frame(90_000);
  expect(time()).toBeLessThanOrEqual(1 + 7);
});

it("a change of speed acts at once", async () => {
  const { lab, run, time } = await started(0.25);
  run(900);
  expect(time()).toBe(1);
  lab.setSpeed(4);
  run(900);
  expect(time()).toBe(1 + Math.floor(0.9 + 0.9 * 16));
});

it("stops with the last step, not a frame later, and played again begins anew", async () => {
  const { lab, run, frame, time, waiting } = await playing();
  lab.goTo(36);
  lab.setPlaying(true);
  run(260);
  frame(20);
  expect(time()).toBe(38);
  expect(lab.store.getState().playing).toBe(false);
  expect(waiting()).toBe(0);
  lab.setPlaying(true);
  expect(time()).toBe(0);
});

it("skipping what is wasted it stops nowhere else, and ends with the run", async () => {
  const { lab, frame, time } = await started(1);
  lab.goTo(0);
  lab.setSkipWasted(true);
  const { loaded } = lab.store.getState();
  const seen = new Set<number>();
  for (let k = 0; k < 400; k++) {
    frame(100);
    seen.add(time());
  }
  const end = timeMax(loaded!.clock);
  expect(seen).toContain(end);
  expect(lab.store.getState().playing).toBe(false);
  const wasted = [...seen].filter(
    (at) => at > 0 && at < end && jumpTime(loaded!, "notWasted", at - 1, 1) !== at,
  );
  expect(wasted).toEqual([]);
  expect(seen.size).toBeLessThan(end - 8);
});

it("a page that is hidden pauses, and does not go on by itself when it is seen again", async () => {
  const { lab, hide, run, time } = await started(4);
  hide(true);
  expect(lab.store.getState().playing).toBe(false);
  const paused = time();
  hide(false);
  run(1_000);
  expect(time()).toBe(paused);
});

it("a long run opens at the speed that suits it and a short one at 1, until the viewer chooses", async () => {
  const { lab } = await playing("t-a-4096");
  const { loaded, speed } = lab.store.getState();
  expect(speed).toBe(openingSpeed(timeMax(loaded!.clock)));
  expect(speed).toBeGreaterThan(1);
  await lab.choose("t-a-12");
  expect(lab.store.getState().speed).toBe(1);
  lab.setSpeed(2);
  lab.setSpeed(1);
  await lab.choose("t-a-4096");
  expect(lab.store.getState().speed).toBe(1);
});

it("ended for good it follows no more", async () => {
  const { lab, waiting, watching, end } = await playing();
  end();
  lab.setPlaying(true);
  expect(waiting()).toBe(0);
  expect(watching.size).toBe(0);
});
