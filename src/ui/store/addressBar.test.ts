// SPDX-License-Identifier: GPL-2.0-only
// The address bar against a history that is made by hand: entries, Back, and a clock that the test turns.

import { expect, it } from "vitest";
import { type AddressEnv, startAddressBar } from "./addressBar.ts";
import { createLab } from "./lab.ts";
import { placeShown } from "./placeShown.ts";
import { linkOf } from "./link.ts";

function fakeWindow(hash: string) {
  const entries = [hash];
  let at = 0;
  let timers: { id: number; done: () => void }[] = [];
  let ids = 0;
  const changed = { hashchange: () => {}, pagehide: () => {} };
  const env: AddressEnv = {
    location: {
      get hash() {
        return entries[at] ?? "";
      },
    },
    history: {
      pushState(_, __, url) {
        entries.splice(++at, entries.length, String(url));
      },
      replaceState(_, __, url) {
        entries[at] = String(url);
      },
    },
    addEventListener(type, listener) {
      changed[type] = listener;
    },
    setTimeout(done) {
      timers.push({ id: ++ids, done });
      return ids;
    },
    clearTimeout(id) {
      timers = timers.filter((timer) => timer.id !== id);
    },
  };
  return {
    env,
    entries,
    /** The timers that are set run out. */
    elapse() {
      const due = timers;
      timers = [];
      for (const { done } of due) done();
    },
    timers: () => timers.length,
    /** By Back, Forward, or typing. */
    go(to: number) {
      at = to;
      changed.hashchange();
    },
    type(text: string) {
      entries.splice(++at, entries.length, text);
      changed.hashchange();
    },
    leave: () => changed.pagehide(),
  };
}

async function labAt(hash: string) {
  const themes: string[] = [];
  const lab = createLab({ fetchBlob: () => Promise.reject(new Error("404")), pause: async () => {} }, "dark");
  const fake = fakeWindow(hash);
  await startAddressBar(lab, fake.env, (theme) => themes.push(theme));
  const state = () => lab.store.getState();
  const shown = () => {
    const place = placeShown(state());
    if (place === null) throw new Error("nothing is shown");
    return place;
  };
  /** Until the lab is at rest again: loading takes a few turns of the loop. */
  const rest = async () => {
    do await new Promise((done) => setTimeout(done, 5));
    while (state().loading !== null || state().hashes === null);
    await new Promise((done) => setTimeout(done, 5));
  };
  return { lab, fake, state, shown, rest, themes };
}

it("an empty address opens the first scenario and is then its link", async () => {
  const { fake, shown } = await labAt("");
  expect(shown().scenario).toBe("t-a-12");
  expect(fake.entries).toEqual([linkOf(shown())]);
});

it("a link opens what it names: scene, step, object, theme, panes", async () => {
  const link = "#v1&scenario=t-b1&designs=review,v10&only=v10&at=1.7&pin=slot:vm0/0&theme=light&code=1&log=1";
  const { fake, shown, themes, state } = await labAt(link);
  expect(shown()).toMatchObject({
    ...{ scenario: "t-b1", designs: ["review", "v10"], only: "v10", at: { operation: 0, step: 7 } },
    ...{ pinned: "slot:vm0/0", code: true, log: true },
  });
  expect(themes).toEqual(["light"]);
  expect(state()).toMatchObject({ trouble: null, playing: false });
  expect(fake.entries).toHaveLength(1);
});

it("steps rewrite the entry of their scene after a while; another scene is a new one", async () => {
  const { lab, fake, shown, rest } = await labAt("");
  lab.goTo(3);
  lab.goTo(4);
  expect(fake.timers()).toBe(1);
  fake.elapse();
  expect(fake.entries).toEqual([expect.stringContaining("&at=1.4")]);
  lab.goTo(5);
  await lab.choose("t-b1");
  await rest();
  expect(fake.entries).toEqual([expect.stringContaining("&at=1.5"), linkOf(shown())]);
  await lab.setDesigns(["review", "v10"]);
  lab.setOnly(0);
  await lab.punch("f0", 256, 320);
  await rest();
  expect(fake.entries.slice(2)).toEqual([
    expect.stringContaining("designs=review,v10"),
    expect.stringContaining("only=review"),
    expect.stringContaining("punch=f0:256-320"),
  ]);
});

it("another view is a new entry, its settings rewrite theirs, and a damaged link of it stays in it", async () => {
  const { lab, fake, state, shown, rest } = await labAt("");
  lab.setView("fanout");
  lab.setFanout({ y: "calls" });
  lab.setFanout({ read: "64" });
  fake.elapse();
  expect(fake.entries).toEqual([
    expect.not.stringContaining("fanout"),
    expect.stringMatching(/&view=fanout&read=64$/),
  ]);
  fake.go(0);
  await rest();
  expect(shown().view).toBe("lab");
  // What it was set to is there again when somebody comes back.
  lab.setView("fanout");
  expect(state().fanout).toEqual({ read: "64" });
  fake.type("#v1&view=fanout&scenario=t-b1&y=bytes");
  await rest();
  expect(shown()).toMatchObject({ scenario: "t-b1", view: "fanout", fanout: { y: "bytes" } });
  fake.type("#v1&view=fanout&y=9&read=64");
  await rest();
  expect(shown()).toMatchObject({ scenario: "t-a-12", view: "fanout", fanout: { read: "64" } });
  expect(state().trouble).toContain("This link is damaged, so only the rest of it is shown");
  fake.type("#v1&view=lab");
  await rest();
  expect(shown()).toMatchObject({ scenario: "t-a-12", view: "lab" });
});

it("another scene is a new entry also where a listener before this one answers to it at once", async () => {
  const lab = createLab({ fetchBlob: () => Promise.reject(new Error("404")), pause: async () => {} }, "dark");
  let known: unknown = null;
  lab.store.subscribe(({ loaded }) => {
    if (loaded === known) return;
    known = loaded;
    lab.setSpeed(16);
  });
  const fake = fakeWindow("");
  await startAddressBar(lab, fake.env, () => {});
  await lab.choose("t-b1");
  expect(fake.entries).toEqual([expect.stringContaining("t-a-12"), expect.stringContaining("t-b1")]);
});

it("Back and Forward show the scenes of the history, and add nothing to it", async () => {
  const { lab, fake, shown, rest } = await labAt("");
  lab.goTo(3);
  await lab.choose("t-b1");
  await rest();
  const entries = [...fake.entries];
  fake.go(0);
  await rest();
  expect(shown()).toMatchObject({ scenario: "t-a-12", at: { operation: 0, step: 3 } });
  fake.go(1);
  await rest();
  expect(shown().scenario).toBe("t-b1");
  expect(fake.entries).toEqual(entries);
});

it("two quick Backs lead to the first scene, and Forward is still there", async () => {
  const { lab, fake, shown, rest } = await labAt("");
  await lab.choose("t-b1");
  await rest();
  await lab.choose("t-h");
  await rest();
  const entries = [...fake.entries];
  fake.go(1);
  fake.go(0);
  await rest();
  expect(shown().scenario).toBe("t-a-12");
  expect(fake.entries).toEqual(entries);
  fake.go(2);
  await rest();
  expect(shown().scenario).toBe("t-h");
});

it("another theme is in the address at once", async () => {
  const { lab, fake } = await labAt("");
  lab.setTheme("light");
  expect(fake.entries[0]).toContain("&theme=light");
});

it("what was shown when the page is left is in the address", async () => {
  const { lab, fake } = await labAt("");
  lab.goTo(7);
  fake.leave();
  expect(fake.entries[0]).toContain("&at=1.7");
});

it("a link that names one design alone opens it where the scenario shows it", async () => {
  const { shown, state } = await labAt("#v1&scenario=t-b4&only=review");
  expect(state().trouble).toBeNull();
  expect(shown()).toMatchObject({ scenario: "t-b4", designs: ["v10", "review"], only: "review" });
});

it.each([
  ["#v1&scenario=t-b4&at=1.3&pin=nothing", "an object", { at: { operation: 0, step: 3 } }],
  ["#v1&scenario=t-b4&pin=slot:vm7/0&code=1", "vm7", { code: true }],
  ["#v1&scenario=t-b4&only=review-seed", "shown under v10 and review", { only: null }],
  ["#v1&scenario=t-b4&designs=review,v10&only=v10&at=1.999", "step 999", { only: "v10" }],
])("%s says what is wrong, and shows the rest of it", async (link, says, rest) => {
  const { fake, state, shown } = await labAt(link);
  expect(state().trouble).toContain(says);
  expect(state().trouble).toContain("only the rest of it is shown");
  expect(shown()).toMatchObject({ scenario: "t-b4", pinned: null, ...rest });
  fake.elapse();
  expect(fake.entries).toEqual([link]);
});

it.each([
  ["#v1&scenario=t-a-12&at=9.1", "operation 9"],
  ["#v1&scenario=t-a-12&at=1.4000", "step 4000"],
  ["#v1&scenario=t-a-13", "t-a-13"],
  ["#v1&scenario=t-a-12&punch=f7:1-2", "no file f7"],
  ["#v1&scenario=t-a-12&file=f7", "no file f7"],
  ["#v1&scenario=q35-boot", "404"],
  ["#garbage", "v1"],
])(
  "%s says what is wrong, opens the first scenario, and stays in the bar until something changes",
  async (link, says) => {
    const { lab, fake, state, shown } = await labAt(link);
    expect(state().trouble).toContain(says);
    expect(shown().scenario).toBe("t-a-12");
    fake.elapse();
    expect(fake.entries).toEqual([link]);
    lab.goTo(2);
    fake.elapse();
    expect(fake.entries).toEqual([linkOf(shown())]);
  },
);

it("a damaged link that is typed over a scene leaves it one step back in the history", async () => {
  const { lab, fake, state, shown, rest } = await labAt("");
  await lab.choose("t-b1");
  await rest();
  lab.goTo(3);
  fake.elapse();
  fake.type("#v1&scenario=nothing");
  await rest();
  expect(state().trouble).toContain("nothing");
  expect(shown().scenario).toBe("t-a-12");
  fake.go(1);
  await rest();
  expect(shown()).toMatchObject({ scenario: "t-b1", at: { operation: 0, step: 3 } });
  expect(state().trouble).toBeNull();
});
