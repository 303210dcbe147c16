// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { expect, it } from "vitest";
import { present } from "../../assert.ts";
import { drive } from "../../sim/drive.ts";
import { bytesOf, type Pfn, pgoff } from "../../units.ts";
import { memoryCheck, shmemFileCheck } from "./check.ts";
import { PUNCH_MODE } from "./falloc.ts";
import { shmemFallocate } from "./fallocate.ts";
import { copyShmemFile, findFolio, findPage, newShmemFile, pagesIn, type ShmemFile } from "./file.ts";
import { type Told, work } from "./fixture.ts";
import { headOf, orderOf, putFolio, refsOf } from "./folios.ts";
import { pagesOf } from "./frames.ts";
import { getPage, getPages } from "./getPage.ts";
import { copyMemory, type FolioOrder, framesLeft, type HostMemory, newMemory } from "./memory.ts";
import { memoryFailure } from "./memoryFailure.ts";
import { setTag, tagOf } from "./tags.ts";

/** Hosts of three or four 2 MiB and some frames more; files of as many pages, whose edges are where it gets narrow. */
const FRAMES = [1700, 2048, 2049];
const PAGES = 2100;

type Act =
  | {
      readonly act: "allocate" | "punch" | "getPages" | "write";
      readonly start: number;
      readonly end: number;
    }
  | { readonly act: "getPage" | "fail"; readonly index: number }
  | { readonly act: "put"; readonly which: number }
  | { readonly act: "fails"; readonly ordinals: readonly number[] }
  | { readonly act: "limit" | "mount"; readonly more: number | null };

const index = fc.oneof(
  fc.nat(PAGES - 1),
  fc.tuple(fc.nat(4), fc.integer({ min: -2, max: 2 })).map(([block, by]) => Math.max(0, block * 512 + by)),
);
const range = fc.tuple(index, index).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: range.map((range) => ({ act: "allocate" as const, ...range })) },
  { weight: 4, arbitrary: range.map((range) => ({ act: "punch" as const, ...range })) },
  range.map((range) => ({ act: "getPages" as const, ...range })),
  { weight: 3, arbitrary: index.map((index) => ({ act: "getPage" as const, index })) },
  { weight: 2, arbitrary: range.map((range) => ({ act: "write" as const, ...range })) },
  { weight: 3, arbitrary: fc.nat(20).map((which) => ({ act: "put" as const, which })) },
  fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }).map((ordinals) => ({
    act: "fails" as const,
    ordinals,
  })),
  fc.record({ act: fc.constantFrom("limit", "mount"), more: fc.option(fc.nat(1024)) }),
  { weight: 1, arbitrary: index.map((index) => ({ act: "fail" as const, index })) },
);

/** What is kept beside the machine: who wrote which page, and what the test holds. */
interface Beside {
  readonly written: Map<number, number>;
  held: Pfn[];
  /** What some call has told or answered. */
  readonly met: Set<string>;
}

function changed(memory: HostMemory, file: ShmemFile, beside: Beside, step: Act, per: number | null): void {
  const { written } = beside;
  const before = { pages: pagesIn(file, 0, PAGES + 1024), used: memory.framesUsed, size: file.iSize };
  const same = () => {
    expect({ pages: pagesIn(file, 0, PAGES + 1024), used: memory.framesUsed, size: file.iSize }).toEqual(
      before,
    );
  };
  const call = (mode: number, start: number, end: number) => {
    const told: Told[] = [];
    const env = { task: "T", memory, pagesPerStep: per, fsizeMax: null, signalPending: () => false };
    const emit = (event: Told) => told.push(event);
    const path = shmemFallocate({ ...env, emit }, "f0", file, mode, bytesOf(start), bytesOf(end - start));
    const result = drive(path);
    if (!result.ok) beside.met.add(result.errno);
    for (const event of told) for (const field of Object.keys(event)) beside.met.add(field);
    return { result, told: work(told) };
  };
  switch (step.act) {
    case "allocate": {
      const { result, told } = call(0, step.start, step.end);
      if (!result.ok) same();
      else expect(pagesIn(file, step.start, step.end)).toHaveLength(step.end - step.start);
      let sum = 0;
      for (const event of told)
        if ("pages" in event) sum += event.type === "shmem.allocated" ? event.pages : -event.pages;
      expect(sum).toBe(file.nrpages - before.pages.length);
      return;
    }
    case "punch": {
      const inHole = (at: number) => at >= step.start && at < step.end;
      const stays = before.pages.filter((at) => {
        const folio = present(findFolio(file, at), "a page that is there");
        const end = folio.first + pagesOf(folio.order);
        return !inHole(at) || (refsOf(memory, folio.pfn) > 1 && !(inHole(folio.first) && inHole(end - 1)));
      });
      const { result, told } = call(PUNCH_MODE, step.start, step.end);
      expect(result.ok).toBe(true);
      expect(pagesIn(file, 0, PAGES + 1024)).toEqual(stays);
      const freed = told.flatMap((event) => (event.type === "shmem.punched" ? event.freed : []));
      const pages = freed.flatMap(([start, end]) => Array.from({ length: end - start }, (_, k) => start + k));
      const stay = new Set(stays);
      expect(pages.sort((a, b) => a - b)).toEqual(before.pages.filter((at) => !stay.has(at)));
      // What left is forgotten, and what stayed in the hole is zeroed.
      for (const at of [...written.keys()]) if (inHole(at)) written.delete(at);
      return;
    }
    case "getPages": {
      const got = getPages(memory, file, step.start, step.end);
      if (!got.ok) same();
      else
        expect(got.pfns).toEqual(
          Array.from({ length: step.end - step.start }, (_, k) => findPage(file, pgoff(step.start + k))),
        );
      return;
    }
    case "getPage": {
      const got = getPage(memory, file, step.index);
      if (!got.ok) {
        same();
        return;
      }
      expect(got.pfn).toBe(findPage(file, pgoff(step.index)));
      expect(got.order).toBe(orderOf(memory, got.pfn));
      beside.held.push(got.pfn);
      return;
    }
    case "put": {
      const [pfn] = beside.held.splice(step.which % Math.max(1, beside.held.length), 1);
      if (pfn !== undefined) putFolio(memory, pfn);
      return;
    }
    case "write":
      for (const at of pagesIn(file, step.start, step.end)) {
        written.set(at, at + 1);
        setTag(memory, findPage(file, pgoff(at)) as Pfn, at + 1);
      }
      return;
    case "fail":
      memoryFailure(memory, file, pgoff(step.index));
      return;
    case "fails":
      memory.fails = step.ordinals.map((ordinal) => memory.tries + ordinal);
      return;
    case "limit":
      memory.limit = step.more === null ? null : memory.framesUsed + step.more;
      return;
    case "mount":
      memory.blocksMax = step.more === null ? null : memory.blocksUsed + step.more;
  }
}

/** References and contents are those that were given and written. */
function checked(memory: HostMemory, file: ShmemFile, { written, held }: Beside): void {
  memoryCheck(memory);
  shmemFileCheck(memory, file);
  expect(file.adding).toEqual([]);
  const holds = new Map<number, number>();
  for (const pfn of held) holds.set(headOf(memory, pfn), (holds.get(headOf(memory, pfn)) ?? 0) + 1);
  let [wrong, used] = [0, 0];
  const cached = new Set<number>();
  for (const at of pagesIn(file, 0, PAGES + 1024)) {
    const pfn = findPage(file, pgoff(at)) as Pfn;
    const head = headOf(memory, pfn);
    cached.add(head);
    if (refsOf(memory, pfn) !== 1 + (holds.get(head) ?? 0)) wrong++;
    if (tagOf(memory, pfn) !== (written.get(at) ?? 0)) wrong++;
    used++;
  }
  for (const [head, refs] of holds)
    if (!cached.has(head)) {
      if (refsOf(memory, head as Pfn) !== refs) wrong++;
      used += pagesOf(orderOf(memory, head as Pfn));
    }
  expect([wrong, memory.framesUsed, memory.blocksUsed]).toEqual([0, used, file.nrpages]);
  if (memory.limit === null) expect(framesLeft(memory)).toBe(memory.frames - used - memory.framesRetired);
}

it("whatever is allocated, punched, got, held and refused: pages, references, frames and contents add up", () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(
      fc.record({
        frames: fc.constantFrom(...FRAMES),
        order: fc.constantFrom<FolioOrder>(0, 9, 9, 18),
        per: fc.constantFrom(null, null, 1, 300, 700),
        acts: fc.array(act, { minLength: 4, maxLength: 24 }),
        copied: fc.nat(23),
      }),
      ({ frames, order, per, acts, copied }) => {
        let memory = newMemory(frames);
        let file = newShmemFile("f0", 0n, order);
        const beside: Beside = { written: new Map(), held: [], met };
        let left: { whole: unknown; text: string } | null = null;
        acts.forEach((step, k) => {
          if (k === copied) {
            const whole = { memory, file };
            [memory, file] = [copyMemory(memory), copyShmemFile(file)];
            left = { whole, text: textOf(whole) };
          }
          changed(memory, file, beside, step, per);
          checked(memory, file, beside);
        });
        // What was copied from stays what it was, whatever has become of the copy.
        if (left !== null)
          expect(textOf((left as { whole: unknown }).whole) === (left as { text: string }).text).toBe(true);
      },
    ),
    { numRuns: 60, seed: 64 },
  );
  // Without these it would pass too if nothing ever happened.
  const wanted = ["ENOMEM", "ENOSPC", "held", "orders", "split", "undone", "whole", "zeroed"];
  expect([...met].filter((what) => wanted.includes(what)).sort()).toEqual(wanted);
});

const textOf = (whole: unknown): string =>
  JSON.stringify(whole, (_, value) =>
    typeof value === "bigint"
      ? String(value)
      : ArrayBuffer.isView(value)
        ? [...(value as Int32Array)]
        : value,
  );
