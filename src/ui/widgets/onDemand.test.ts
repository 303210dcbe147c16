// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { onDemand } from "./onDemand.ts";

const settled = () => new Promise((done) => setTimeout(done, 0));

it("nothing is fetched before somebody wants it, and once for all who do", async () => {
  let fetched = 0;
  const wanted = onDemand(async () => ++fetched);
  await settled();
  expect(fetched).toBe(0);
  const heard: string[] = [];
  wanted.subscribe(() => heard.push("a"));
  const leave = wanted.subscribe(() => heard.push("b"));
  expect(wanted.get()).toEqual({ state: "loading" });
  leave();
  await settled();
  expect(wanted.get()).toEqual({ state: "ready", value: 1 });
  expect(heard).toEqual(["a"]);
  expect(wanted.get()).toBe(wanted.get());
  wanted.subscribe(() => {});
  wanted.retry();
  expect(fetched).toBe(1);
});

it("after a failure it says why, and fetches again when told to", async () => {
  let fails = true;
  const wanted = onDemand(async () => {
    if (fails) throw new Error("no answer");
    return "text";
  });
  wanted.subscribe(() => {});
  await settled();
  expect(wanted.get()).toEqual({ state: "failed", why: "no answer" });
  fails = false;
  wanted.retry();
  expect(wanted.get()).toEqual({ state: "loading" });
  await settled();
  expect(wanted.get()).toEqual({ state: "ready", value: "text" });
});
