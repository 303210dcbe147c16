// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { createLab } from "../store/lab.ts";
import { type FrameSource, startPlayer } from "./player.ts";

/** Frames that come when the test says so. */
function frames(): FrameSource & { at(now: number): void; waiting(): number } {
  let asked = new Map<number, (now: number) => void>();
  let last = 0;
  return {
    requestAnimationFrame(callback) {
      asked.set(++last, callback);
      return last;
    },
    cancelAnimationFrame: (handle) => void asked.delete(handle),
    waiting: () => asked.size,
    at(now) {
      const due = asked;
      asked = new Map();
      for (const callback of due.values()) callback(now);
    },
  };
}

async function playing() {
  const lab = createLab(
    { fetchText: () => Promise.reject(new Error("not served")), pause: async () => {} },
    "dark",
  );
  const source = frames();
  const end = startPlayer(lab, source);
  await lab.choose("t-a-12");
  return { lab, source, end, time: () => lab.store.getState().time };
}

it("asks for no frame until somebody plays, and for none after the pause", async () => {
  const { lab, source } = await playing();
  expect(source.waiting()).toBe(0);
  lab.setPlaying(true);
  expect(source.waiting()).toBe(1);
  lab.setPlaying(false);
  expect(source.waiting()).toBe(0);
});

it("takes the first step at once, then four a second, and makes nothing up after a long silence", async () => {
  const { lab, source, time } = await playing();
  lab.goTo(0);
  lab.setPlaying(true);
  const seen = [16, 32, 265, 266, 500, 516, 90_000, 90_016].map((now) => {
    source.at(now);
    return time();
  });
  expect(seen).toEqual([1, 1, 1, 2, 2, 3, 4, 4]);
});

it("stops with the last step, not a frame later", async () => {
  const { lab, source, time } = await playing();
  lab.goTo(36);
  lab.setPlaying(true);
  for (const now of [1_000, 2_000]) source.at(now);
  expect(time()).toBe(38);
  expect(lab.store.getState().playing).toBe(false);
  expect(source.waiting()).toBe(0);
});

it("ended for good it follows no more", async () => {
  const { lab, source, end } = await playing();
  end();
  lab.setPlaying(true);
  expect(source.waiting()).toBe(0);
});
