// SPDX-License-Identifier: GPL-2.0-only
// fallocate(2) from user space down to tmpfs: which check comes first, and what each one answers.

import { describe, expect, it } from "vitest";
import { fail, OK, type Errno } from "../../errno.ts";
import { FALLOC_FL, PUNCH_MODE } from "../../kernel/shmem/falloc.ts";
import { pagesIn } from "../../kernel/shmem/file.ts";
import { goTo, record } from "../../sim/recording.ts";
import { gfn, loff, pgoff } from "../../units.ts";
import { booting } from "./boot.ts";
import { drain } from "../../sim/slices.ts";
import { fileOf } from "./env.ts";
import { planOf } from "./fixture.ts";
import { machineModel } from "./model.ts";
import type { FallocateOperation, Operation } from "./operation.ts";
import type { VariantId } from "./variants.ts";
import { type FdState, SHIM_FD, vfsFallocateChecks } from "./vfs.ts";

const { KEEP_SIZE, PUNCH_HOLE, ZERO_RANGE, COLLAPSE_RANGE, INSERT_RANGE, UNSHARE_RANGE, NO_HIDE_STALE } =
  FALLOC_FL;
const P = 4_096n;
const TOP = 2n ** 63n;

/** i_size of the file: pages [0, 16). The first four are there, mapped by slot 0 of vm0. */
const SIZE = 16n * P;

/** One fallocate call under `variant`: what it returned, and what it left. */
function fallocate(variant: VariantId, op: "punch" | "allocate", mode: number, offset: bigint, len: bigint) {
  const setup: Operation[] = [
    {
      op: "createSlot",
      vm: "vm0",
      slot: 0,
      gfn: gfn(0),
      pages: 16,
      backing: { file: "f0", pgoff: pgoff(0) },
    },
    { op: "map", vm: "vm0", gfn: gfn(0), pages: 4 },
  ];
  const plan = planOf({ files: new Map([["f0", { pages: 16 }]]), setup });
  const call: FallocateOperation = { op, file: "f0", mode, offset: loff(offset), len: loff(len) };
  const recording = record(
    machineModel(new Map([["T", [call]]]), plan.perform),
    drain(booting(plan, variant, () => {})).world,
    [],
  );
  const { world } = goTo(recording, recording.steps.length);
  const events = recording.steps.flatMap((taken) => taken.events);
  const returned = events.filter((event) => event.type === "operation.returned");
  expect(events[0]).toEqual({ type: "fallocate.entered", file: "f0", mode, offset, len });
  expect(returned).toEqual([events.at(-1)]);
  return {
    errno: returned[0]?.errno,
    punches: world.counters.punches,
    callbacks: world.counters.startCallbacks,
    iSize: fileOf(world, "f0").memfd.iSize,
    pages: pagesIn(fileOf(world, "f0").memfd, 0, 2 ** 51),
    steps: recording.steps.length,
  };
}

const UNTOUCHED = { iSize: SIZE, pages: [0, 1, 2, 3] };

describe.each(["v10", "review", "review-seed"] as const)("under %s", (variant) => {
  it.each<[string, mode: number, offset: bigint, len: bigint, Errno]>([
    ["F1: no length", PUNCH_MODE, 0n, 0n, "EINVAL"],
    ["F2: a negative offset", PUNCH_MODE, -P, P, "EINVAL"],
    ["F3: a punch without KEEP_SIZE", PUNCH_HOLE, 0n, P, "EOPNOTSUPP"],
    ["F4: a punch that would also zero", PUNCH_MODE | ZERO_RANGE, 0n, P, "EOPNOTSUPP"],
    ["F5: an end beyond 2^63 - 1", PUNCH_MODE, TOP - P, 2n * P, "EFBIG"],
    ["F12: a punch that would also collapse", PUNCH_MODE | COLLAPSE_RANGE, 0n, P, "EINVAL"],
    [
      "F14: a mode and an end that can't be: the mode is looked at first",
      PUNCH_HOLE,
      TOP - P,
      P,
      "EOPNOTSUPP",
    ],
  ])("%s, is refused before the design hears of it", (_, mode, offset, len, errno) => {
    expect(fallocate(variant, "punch", mode, offset, len)).toEqual({
      ...UNTOUCHED,
      errno,
      punches: 0,
      callbacks: 0,
      steps: 1,
    });
  });

  it.each<[string, offset: bigint, len: bigint]>([
    ["F6: an offset that is no multiple of a page", 1n, P],
    ["F7: a length that is none", 0n, 4_095n],
  ])("%s, is refused by the design: it counts as a punch, and nobody is called", (_, offset, len) => {
    expect(fallocate(variant, "punch", PUNCH_MODE, offset, len)).toMatchObject({
      ...UNTOUCHED,
      errno: "EINVAL",
      punches: 1,
      callbacks: 0,
    });
  });

  it("F8: a punch beyond i_size succeeds, and the list calls its slot for it", () => {
    const { errno, punches, callbacks, iSize, pages } = fallocate(variant, "punch", PUNCH_MODE, SIZE + P, P);
    expect({ errno, punches, iSize, pages }).toEqual({ ...UNTOUCHED, errno: null, punches: 1 });
    expect(callbacks).toBe(variant === "v10" ? 1 : 0);
  });

  it("F8: it frees what lies there, although no slot covers it", () => {
    expect(fallocate(variant, "punch", PUNCH_MODE, 2n * P, 100n * P)).toMatchObject({
      errno: null,
      pages: [0, 1],
    });
  });

  it("F9: an allocation without KEEP_SIZE succeeds, and the size grows where it goes beyond it", () => {
    const inside = fallocate(variant, "allocate", 0, 4n * P, P);
    expect(inside).toMatchObject({
      errno: null,
      punches: 0,
      callbacks: 0,
      iSize: SIZE,
      pages: [0, 1, 2, 3, 4],
    });
    const beyond = fallocate(variant, "allocate", 0, SIZE, 100n);
    expect(beyond).toMatchObject({ errno: null, iSize: SIZE + 100n, pages: [0, 1, 2, 3, 16] });
  });

  it("F10: an allocation beyond i_size with KEEP_SIZE succeeds, and the size stays", () => {
    const { errno, iSize, pages, callbacks } = fallocate(variant, "allocate", KEEP_SIZE, 0n, SIZE + P);
    expect({ errno, iSize, callbacks }).toEqual({ errno: null, iSize: SIZE, callbacks: 0 });
    expect(pages).toEqual(Array.from({ length: 17 }, (_, k) => k));
  });

  it("F11: an allocation of less than a page succeeds, and adds one page", () => {
    const { errno, pages } = fallocate(variant, "allocate", KEEP_SIZE, 4n * P, 4_095n);
    expect([errno, pages]).toEqual([null, [0, 1, 2, 3, 4]]);
  });

  it("F13: an end beyond 2^63 - 1 is EFBIG, before tmpfs could say that it zeroes nothing", () => {
    expect(fallocate(variant, "punch", ZERO_RANGE, TOP - P, P)).toMatchObject({ errno: "EFBIG", steps: 1 });
    expect(fallocate(variant, "punch", ZERO_RANGE, 0n, P)).toMatchObject({
      ...UNTOUCHED,
      errno: "EOPNOTSUPP",
    });
  });

  it("a punch that user space calls an allocation is a punch, and the reverse: only the mode counts", () => {
    expect(fallocate(variant, "allocate", PUNCH_MODE, 0n, P)).toMatchObject({
      errno: null,
      punches: 1,
      pages: [1, 2, 3],
    });
    expect(fallocate(variant, "punch", KEEP_SIZE, 4n * P, P)).toMatchObject({
      punches: 0,
      pages: [0, 1, 2, 3, 4],
    });
  });

  it("the largest hole that can be asked for is punched: its last page is 2^51 - 2", () => {
    const punched = fallocate(variant, "punch", PUNCH_MODE, P, TOP - 2n * P);
    expect(punched).toMatchObject({ errno: null, punches: 1, callbacks: 1, pages: [0] });
  });
});

describe("the checks of the VFS", () => {
  const checkOf = (fd: FdState | null, mode: number, offset = 0n, len = P) =>
    vfsFallocateChecks(fd, mode, loff(offset), loff(len));
  const check = (mode: number, offset = 0n, len = P) => checkOf(SHIM_FD, mode, offset, len);

  it.each<[string, number, Errno | null]>([
    ["nothing", 0, null],
    ["KEEP_SIZE", KEEP_SIZE, null],
    ["a punch", PUNCH_MODE, null],
    ["zeroing", ZERO_RANGE, null],
    ["zeroing with KEEP_SIZE", ZERO_RANGE | KEEP_SIZE, null],
    ["collapsing", COLLAPSE_RANGE, null],
    ["collapsing with KEEP_SIZE", COLLAPSE_RANGE | KEEP_SIZE, "EINVAL"],
    ["inserting", INSERT_RANGE, null],
    ["inserting with KEEP_SIZE", INSERT_RANGE | KEEP_SIZE, "EINVAL"],
    ["collapsing and inserting", COLLAPSE_RANGE | INSERT_RANGE, "EINVAL"],
    ["unsharing", UNSHARE_RANGE, null],
    ["unsharing with KEEP_SIZE", UNSHARE_RANGE | KEEP_SIZE, null],
    ["unsharing and zeroing", UNSHARE_RANGE | ZERO_RANGE, "EINVAL"],
    ["unsharing and punching", UNSHARE_RANGE | PUNCH_MODE, "EINVAL"],
    [
      "a punch without KEEP_SIZE that also collapses: the first rule that is broken",
      PUNCH_HOLE | COLLAPSE_RANGE,
      "EOPNOTSUPP",
    ],
    ["a bit that has a name and no meaning here", NO_HIDE_STALE, "EOPNOTSUPP"],
    ["a bit without a name", 0x80, "EOPNOTSUPP"],
    ["a bit far up", 2 ** 30, "EOPNOTSUPP"],
  ])("of the mode, %s", (_, mode, errno) => {
    expect(check(mode)).toEqual(errno === null ? OK : fail(errno));
  });

  it("looks at the range before the mode, and at the end of the range last", () => {
    expect(check(0x80, -1n)).toEqual(fail("EINVAL"));
    expect(check(0x80, 0n, 0n)).toEqual(fail("EINVAL"));
    expect(check(0x80, TOP - P, P)).toEqual(fail("EOPNOTSUPP"));
    expect(check(0, TOP - P, P)).toEqual(fail("EFBIG"));
    expect(check(0, TOP - P, P - 1n)).toEqual(OK);
    expect(check(0, 0n, -1n)).toEqual(fail("EINVAL"));
  });

  const notOpen = null;
  const readOnly = { ...SHIM_FD, writable: false };
  const immutable = { ...SHIM_FD, immutable: true };
  const appendOnly = { ...SHIM_FD, appendOnly: true };
  const swapFile = { ...SHIM_FD, swapFile: true };

  it.each<[string, FdState | null, mode: number, offset: bigint, Errno | null]>([
    ["not open, before a range that can't be", notOpen, 0, -1n, "EBADF"],
    ["not writable", readOnly, PUNCH_MODE, 0n, "EBADF"],
    ["not writable, after a range that can't be", readOnly, 0, -1n, "EINVAL"],
    ["not writable, after a mode that can't be", readOnly, 0x80, 0n, "EOPNOTSUPP"],
    ["not writable, after bits that exclude each other", readOnly, COLLAPSE_RANGE | KEEP_SIZE, 0n, "EINVAL"],
    ["not writable, before the file's flags", { ...immutable, writable: false }, 0, 0n, "EBADF"],
    ["immutable", immutable, 0, 0n, "EPERM"],
    ["append-only, to punch", appendOnly, PUNCH_MODE, 0n, "EPERM"],
    ["append-only, to add pages", appendOnly, KEEP_SIZE, 0n, null],
    ["immutable and a swap file", { ...immutable, swapFile: true }, 0, 0n, "EPERM"],
    ["a swap file", swapFile, 0, 0n, "ETXTBSY"],
    ["a swap file, before the end of the range", swapFile, 0, TOP - P + 1n, "ETXTBSY"],
    ["fit, with an end that can't be", SHIM_FD, 0, TOP - P + 1n, "EFBIG"],
  ])("of a descriptor that is %s", (_, fd, mode, offset, errno) => {
    expect(checkOf(fd, mode, offset)).toEqual(errno === null ? OK : fail(errno));
  });
});
