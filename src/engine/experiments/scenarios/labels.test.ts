// SPDX-License-Identifier: GPL-2.0-only
// The code pane finds the line of a step, and of each open call, by its label: so a label stands in one line.

import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { VARIANTS } from "../machine/variants.ts";
import { BUILT_INS } from "./catalogue.ts";
import { FORMAT } from "./document.ts";
import { parseDocument } from "./parse.ts";
import { play } from "./play.ts";

const ENGINE = new URL("../../", import.meta.url);

/** What no built-in does: a bind that succeeds, its unbind, an allocation, the same slot deleted, one refused; a file made and gone. */
const REST = {
  format: FORMAT,
  title: "The rest",
  files: { f0: { pages: 64 }, f1: { pages: 64, exists: false } },
  vms: { vm0: {} },
  tasks: {
    V: [
      { op: "memfd_restricted", file: "f1", flags: 0 },
      { op: "ftruncate", file: "f1", length: 4096 },
      { op: "lseek", file: "f1", offset: 0, whence: 0 },
      { op: "close", file: "f1" },
    ],
    U: [
      { op: "allocate", file: "f0", start: 0, end: 8 },
      { op: "createSlot", vm: "vm0", slot: 0, gfn: 0, pages: 64 },
      { op: "bind", file: "f0", start: 0, end: 64, notifier: "vm0/0", exclusive: true },
      { op: "map", vm: "vm0", gfn: 0, pages: 4 },
      { op: "unbind", file: "f0", start: 0, end: 64, notifier: "vm0/0" },
      { op: "createSlot", vm: "vm0", slot: 1, pages: 64, file: "f0", pgoff: 64 },
      { op: "map", vm: "vm0", gfn: 64, pages: 4 },
      { op: "deleteSlot", vm: "vm0", slot: 1 },
      { op: "createSlot", vm: "vm0", slot: 1, gfn: 2 ** 36, pages: 64, file: "f0", pgoff: 64 },
    ],
  },
};

/** Ends without starts, and what becomes of them; a signal. */
const UNDERFLOW = {
  format: FORMAT,
  title: "Underflow",
  files: { f0: { pages: 64 } },
  vms: { vm0: { underflow: "hostBug" } },
  setup: [{ op: "createSlot", vm: "vm0", slot: 1, gfn: 1000, pages: 16 }],
  tasks: {
    P: [
      { op: "punch", file: "f0", start: 0, end: 8 },
      { op: "signal", task: "P" },
    ],
    U: [{ op: "createSlot", vm: "vm0", slot: 0, pages: 64, file: "f0", pgoff: 0 }],
    M: [{ op: "mmuNotifier", vm: "vm0", start: 1000, end: 1016 }],
  },
  choices: ["P until lock.released rm->lock", "U to end", "P to end"],
};

/** What takes back all that it has made: the host may have one file more, and a file of ours needs two. */
const REFUSED = {
  ...REST,
  files: { f1: { pages: 64, exists: false } },
  limits: { files: 1 },
  tasks: { V: [{ op: "memfd_restricted", file: "f1", flags: 0 }] },
};

/** Labels of all calls and gates that any play stood at. */
const labels = new Set<string>();

/** By line of text, where it stands; tests apart. */
const lines: { readonly where: string; readonly text: string }[] = [];

beforeAll(() => {
  // A recording passes no gate that the others do not pass.
  const built = BUILT_INS.flatMap((entry) => {
    if ("capture" in entry) return [];
    if ("document" in entry) return entry.document();
    return JSON.parse(readFileSync(new URL(`../../public/scenarios/${entry.file}`, ENGINE), "utf8"));
  });
  for (const document of [...built, REST, REFUSED, UNDERFLOW]) {
    const parsed = parseDocument(document);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    for (const variant of VARIANTS)
      for (const { at } of play(parsed.scenario, variant).recording.steps)
        for (const label of at) labels.add(label);
  }
  for (const entry of readdirSync(ENGINE, { recursive: true, encoding: "utf8" }))
    if (/\.ts$/.test(entry) && !/\.test\.ts$/.test(entry))
      for (const [k, text] of readFileSync(new URL(entry.replaceAll("\\", "/"), ENGINE), "utf8")
        .split("\n")
        .entries())
        lines.push({ where: `${entry}:${k + 1}`, text });
}, 120_000);

const standingIn = (label: string) => lines.filter(({ text }) => text.includes(`"${label}"`));

it("every label of every play stands on exactly one line of the engine's source", () => {
  const wrong = [...labels]
    .map((label) => [label, ...standingIn(label).map(({ where }) => where)])
    .filter((found) => found.length !== 2);
  expect(wrong).toEqual([]);
});

it("the plays came past every room of the kernel", () => {
  expect(labels.size).toBeGreaterThan(50);
  const rooms = new Set(
    [...labels].flatMap((label) => standingIn(label).map(({ where }) => where.split(/[/:]/)[1])),
  );
  expect([...rooms].sort()).toEqual(["kvm", "machine", "restrictedmem", "shmem"]);
});

it("every label in the kernel's source was come past", () => {
  const gates =
    /\b(?:step|stepWhen|call|mutexLock|mutexUnlock|downRead|upRead|downWrite|upWrite|writeLock|writeUnlock|spinLock|spinUnlock|synchronizeRcu|synchronizeSrcu)\(/;
  const written = lines
    .filter(({ where }) => /^(kernel|experiments\/machine)\//.test(where) && !where.includes("fixture"))
    .filter(({ text }, k, all) => gates.test(text) || gates.test(all[k - 1]?.text ?? ""))
    .flatMap(({ text }) => [...text.matchAll(/"([a-z0-9 ]+: [^"]+)"/g)].map(([, label]) => label as string));
  expect(written.length).toBeGreaterThan(50);
  // A gate that never opens is stood at, and never passed.
  const never = ["kvm: the host has stopped at BUG()"];
  expect(written.filter((label) => !labels.has(label))).toEqual(never);
});
