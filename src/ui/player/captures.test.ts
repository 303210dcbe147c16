// SPDX-License-Identifier: GPL-2.0-only
// The lab with a recording: played part by part, found again by a link, and asked for where it is not open.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { jump, step } from "./moves.ts";
import type { ReadRequest, Source } from "../worker/protocol.ts";
import { cutsOf } from "../worker/cuts.ts";
import { partOf, reading } from "../worker/reading.ts";
import { startAddressBar } from "../store/addressBar.ts";
import type { OpenCapture } from "../store/capture.ts";
import { timeMax } from "../store/clock.ts";
import { createLab, type Lab } from "../store/lab.ts";
import { linkOf } from "../store/link.ts";
import { placeShown } from "../store/placeShown.ts";
import { placeOf } from "../store/readLink.ts";

const bytesOf = (name: string) => readFileSync(new URL(`../../../public/captures/${name}`, import.meta.url));
const own = (name: string, content: Uint8Array<ArrayBuffer> | string = bytesOf(name)): Source => ({
  name,
  blob: new Blob([content]),
});

const LOG = bytesOf("qemu-q35-linux-balloon.strace.gz");

/**
 * The log with a page of each punch. Many of the first have 1,024 and two have 65,536, whose mapping and freeing takes
 * most of the time of every opening, and nothing here looks at it.
 */
const LIGHT = gunzipSync(LOG)
  .toString()
  .replace(/(PUNCH_HOLE, \d+), \d+\)/g, "$1, 4096)");

/** A recording that is held here and not in a worker. */
async function openHere(content: Uint8Array<ArrayBuffer> | string): Promise<OpenCapture> {
  const log = own("my vm.strace", content);
  const request: ReadRequest = {
    type: "read",
    log,
    map: own("qemu-q35-linux-balloon.mtree.txt"),
    builtIn: null,
  };
  const read = await reading(request, () => {});
  return {
    view: read.view,
    request,
    part: async (from) => partOf(read, from),
    cuts: async (sizes) => cutsOf(read.document, sizes),
    text: async () => "",
  };
}

const newLab = (): Lab =>
  createLab({ fetchBlob: () => Promise.reject(new Error("not served")), pause: async () => {} }, "dark");

const capture = await openHere(LIGHT);

async function labWith(own: OpenCapture = capture): Promise<Lab> {
  const lab = newLab();
  expect(await lab.showCapture(own)).toBe(true);
  return lab;
}

const shownIn = (lab: Lab) => {
  const place = placeShown(lab.store.getState());
  if (place === null) throw new Error("nothing is shown");
  return place;
};
const at = (lab: Lab) => {
  const { operation = -1, step: own = -1 } = shownIn(lab).at ?? {};
  return `${operation + 1}.${own}`;
};
const settled = async (lab: Lab, wanted: string) => {
  for (let k = 0; k < 200 && at(lab) !== wanted; k++) await new Promise((done) => setTimeout(done, 10));
  expect(at(lab)).toBe(wanted);
};
const calls = (lab: Lab) =>
  lab.store
    .getState()
    .frames?.map(({ world: { counters } }) => counters.startCallbacks + counters.endCallbacks);

describe("a recording in the lab", () => {
  it("opens at its first part, with 8,632 operations in all", async () => {
    const lab = await labWith(await openHere(LOG));
    const { loaded } = lab.store.getState();
    expect([loaded?.name, loaded?.capture?.from, loaded?.clock.begins.length]).toEqual([
      "my vm.strace",
      0,
      257,
    ]);
    expect(loaded?.scenario.part?.operations).toBe(8_632);
  });

  it("is gone to by the number of an operation, in whichever part that lies, with the counts so far", async () => {
    const lab = await labWith();
    await lab.goToOperation(100);
    expect([at(lab), lab.store.getState().loaded?.capture?.from]).toEqual(["101.1", 0]);
    const [list] = capture.view.costs;
    const callsUpTo = (k: number) => list?.calls.subarray(0, k).reduce((sum, each) => sum + each, 0);
    expect(calls(lab)?.[0]).toBe(callsUpTo(100));
    await lab.goToOperation(5_000, 3);
    expect([at(lab), lab.store.getState().loaded?.capture?.from]).toEqual(["5001.3", 4_864]);
    await lab.goToOperation(5_001);
    expect(calls(lab)?.[0]).toBe(callsUpTo(5_001));
  });

  it("goes on from the end of one part into the next, and back", async () => {
    const lab = await labWith();
    lab.goTo(Number.POSITIVE_INFINITY);
    const end = at(lab);
    step(lab, 1);
    await settled(lab, "257.1");
    step(lab, -1);
    step(lab, -1);
    await settled(lab, end);
    jump(lab, "punch", 1);
    await settled(lab, "257.1");
  });

  it("is not brought back by steps that were asked for while the next part was on its way", async () => {
    const lab = await labWith();
    let opened = 0;
    lab.store.subscribe(({ loaded }, before) => {
      if (loaded !== before.loaded) opened++;
    });
    lab.goTo(Number.POSITIVE_INFINITY);
    for (let k = 0; k < 3; k++) step(lab, 1);
    await settled(lab, "257.1");
    step(lab, 1);
    step(lab, 1);
    await new Promise((done) => setTimeout(done, 200));
    expect([at(lab), opened]).toEqual(["257.3", 1]);
  });

  it("comes to the part that was asked for last, however fast it is asked", async () => {
    const lab = await labWith();
    await Promise.all([lab.goToOperation(300), lab.goToOperation(600), lab.goToOperation(8_631)]);
    await settled(lab, "8632.1");
  });

  it("does not go on behind the last operation or before the first", async () => {
    const lab = await labWith();
    await lab.goToOperation(8_631, 1_000);
    const end = at(lab);
    step(lab, 1);
    await new Promise((done) => setTimeout(done, 50));
    expect(at(lab)).toBe(end);
    await lab.goToOperation(0);
    step(lab, -1);
    step(lab, -1);
    await new Promise((done) => setTimeout(done, 50));
    expect(at(lab)).toBe("1.0");
  });

  it("keeps what the viewer chose to see from part to part", async () => {
    const lab = await labWith();
    lab.setFile("f0");
    lab.pin("slot:vm0/6");
    lab.toggleCode();
    await lab.goToOperation(3_000);
    expect(shownIn(lab)).toMatchObject({ file: "f0", pinned: "slot:vm0/6", code: true });
    expect(lab.store.getState().trouble).toBeNull();
  });

  it("takes a punch of the viewer's behind the part, and a link finds it there", async () => {
    const lab = await labWith();
    await lab.goToOperation(600);
    await lab.punch("f0", 500, 510);
    const place = shownIn(lab);
    expect(place).toMatchObject({ from: 512, punches: [{ file: "f0", start: 500, end: 510 }] });
    expect(at(lab)).toBe("768.28"); // which is before its first step
    const link = linkOf(place);
    await lab.goToOperation(0);
    expect(shownIn(lab).punches).toEqual([]);
    const parsed = placeOf(link);
    expect(parsed.ok && (await lab.open(parsed.place))).toBe(true);
    expect(shownIn(lab)).toEqual(place);
  });

  it("does not leave the viewer's punch behind by going on from it", async () => {
    const lab = await labWith();
    await lab.punch("f0", 500, 510);
    lab.goTo(Number.POSITIVE_INFINITY);
    const end = at(lab);
    step(lab, 1);
    jump(lab, "punch", 1);
    await new Promise((done) => setTimeout(done, 50));
    expect([at(lab), shownIn(lab).punches.length]).toEqual([end, 1]);
    lab.setPlaying(true);
    expect(at(lab)).toBe("1.0");
  });

  it("is found again by a link, at the same step, while it is open", async () => {
    const lab = await labWith();
    await lab.goToOperation(4_012, 5);
    const link = linkOf(shownIn(lab));
    expect(link).toMatch(
      /^#v1&recording=[0-9a-f]{8},my%20vm\.strace&designs=v10,review&at=4013\.5&theme=dark$/,
    );
    await lab.choose("t-a-12");
    const parsed = placeOf(link);
    expect(parsed.ok && (await lab.open(parsed.place))).toBe(true);
    expect(at(lab)).toBe("4013.5");
  });

  it("a link that names an operation or a step too many says so and leaves what is shown", async () => {
    const lab = await labWith();
    for (const [moment, says] of [
      ["8633.0", /operation 8633; my vm\.strace has 8632/],
      ["4013.99", /step 99 of operation 4013/],
    ] as const) {
      const parsed = placeOf(`#v1&recording=${capture.view.print},my%20vm.strace&at=${moment}`);
      expect(parsed.ok && (await lab.open(parsed.place))).toBe(false);
      expect(lab.store.getState().trouble).toMatch(says);
      expect(at(lab)).toBe("1.3");
    }
  });
});

describe("a link into a recording that is not open", () => {
  const LINK = `#v1&recording=${capture.view.print},my%20vm.strace&at=4013.5&zoom=1`;

  function barWith(hash: string) {
    const history: string[] = [];
    const env = {
      location: { hash },
      history: {
        pushState: (_: unknown, __: string, url?: string | URL | null) => void history.push(String(url)),
        replaceState: (_: unknown, __: string, url?: string | URL | null) => void history.push(String(url)),
      },
      addEventListener: () => {},
      setTimeout: () => 0,
      clearTimeout: () => {},
    };
    return { env, history };
  }

  it("asks for it by name, shows the first scenario, and stays in the bar", async () => {
    const lab = newLab();
    const { env, history } = barWith(LINK);
    await startAddressBar(lab, env, () => {});
    const { wanted, loaded, trouble } = lab.store.getState();
    expect([wanted?.recording?.name, loaded?.name, trouble]).toEqual(["my vm.strace", "t-a-12", null]);
    expect(history).toEqual([]);
  });

  it("opens where it says once that log is dropped", async () => {
    const lab = newLab();
    await startAddressBar(lab, barWith(LINK).env, () => {});
    expect(await lab.showCapture(capture)).toBe(true);
    expect([at(lab), lab.store.getState().zoom, lab.store.getState().wanted]).toEqual(["4013.5", 1, null]);
  });

  it("and another log is shown from its own beginning", async () => {
    const lab = newLab();
    await startAddressBar(lab, barWith(LINK.replace(capture.view.print, "00000000")).env, () => {});
    expect(await lab.showCapture(capture)).toBe(true);
    expect([at(lab), lab.store.getState().wanted]).toEqual(["1.3", null]);
  });

  it("is asked for no more where the viewer does not want it", async () => {
    const lab = newLab();
    await startAddressBar(lab, barWith(LINK).env, () => {});
    lab.want(null);
    expect(lab.store.getState().wanted).toBeNull();
    expect(timeMax(lab.store.getState().loaded!.clock)).toBe(38);
  });
});
