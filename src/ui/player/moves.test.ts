// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { jumpTime } from "../store/jumps.ts";
import { createLab } from "../store/lab.ts";
import { changeSpeed, jump, step } from "./moves.ts";

const newLab = () =>
  createLab({ fetchBlob: () => Promise.reject(new Error("not served")), pause: async () => {} }, "dark");

it("before a run is there nothing moves", () => {
  const lab = newLab();
  step(lab, 1);
  jump(lab, "needed", 1);
  expect(lab.store.getState().time).toBe(0);
});

it("steps go one by one, or over what is wasted where the viewer or the key says so", async () => {
  const lab = newLab();
  await lab.choose("t-a-12");
  const { loaded } = lab.store.getState();
  const time = () => lab.store.getState().time;
  lab.goTo(13);
  step(lab, 1);
  expect(time()).toBe(14);
  const next = jumpTime(loaded!, "notWasted", 14, 1);
  expect(next).toBeGreaterThan(15);
  step(lab, 1, true);
  expect(time()).toBe(next);
  lab.goTo(14);
  lab.setSkipWasted(true);
  step(lab, 1);
  expect(time()).toBe(next);
  step(lab, -1);
  expect(time()).toBe(14);
});

it("a jump leads on and back, and where there is none it leads nowhere", async () => {
  const lab = newLab();
  await lab.choose("t-a-12");
  const time = () => lab.store.getState().time;
  lab.goTo(0);
  jump(lab, "needed", 1);
  const first = time();
  jump(lab, "needed", 1);
  expect(time()).toBeGreaterThan(first);
  jump(lab, "needed", -1);
  expect(time()).toBe(first);
  jump(lab, "finding", 1);
  expect(time()).toBe(first);
});

it("faster and slower change the speed by one", () => {
  const lab = newLab();
  changeSpeed(lab, 1);
  expect(lab.store.getState().speed).toBe(2);
  changeSpeed(lab, -1);
  changeSpeed(lab, -1);
  expect(lab.store.getState().speed).toBe(0.5);
});
