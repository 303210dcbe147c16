// SPDX-License-Identifier: GPL-2.0-only
// An end without a start, under each of the three policies.

import { expect, it } from "vitest";
import { fail, OK } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import { rehearse } from "../../sim/rehearse.ts";
import { gfn, pgoff } from "../../units.ts";
import { kvmInvalidateEnd } from "./callbacks.ts";
import { clampAfterSkip } from "./clamp.ts";
import { kvmCreateSlot } from "./createSlot.ts";
import { kvmDeleteSlot } from "./deleteSlot.ts";
import { backedBy, PRESET, type TestEvent, testHost, visibleSlot } from "./fixture.ts";
import { guestAccess } from "./guestAccess.ts";
import { newKvm, type UnderflowPolicy } from "./kvm.ts";
import { mmuNotifierInvalidate } from "./mmuNotifier.ts";

/** A VM of `underflow` with a private slot 0, an ordinary slot 1, and vCPU 0 in the guest. */
function lostStart(underflow: UnderflowPolicy) {
  const host = testHost();
  Object.assign(host.vm0, newKvm("vm0", { ...PRESET, underflow }));
  const memslot = visibleSlot(host, host.vm0, 0, 0, 64, 0);
  visibleSlot(host, host.vm0, 1, 1000, 64, null);
  drive(guestAccess(host.env(), { vm: "vm0", vcpu: 0, gfn: gfn(40), does: "read" }));
  host.told.length = 0;
  drive(kvmInvalidateEnd(host.env(), clampAfterSkip, memslot.id, pgoff(0), pgoff(8)));
  return host;
}

it("silent: the count is -1, and nothing else happens", () => {
  const { vm0, told } = lostStart("silent");
  expect(vm0).toMatchObject({ mmuInvalidateInProgress: -1, bugged: false });
  expect(told.map(({ type }) => type)).not.toContain("vm.bugged");
});

it("vmBug: the VM is dead, its vCPU is out, and its calls are -EIO", () => {
  const host = lostStart("vmBug");
  expect(host.vm0.bugged).toBe(true);
  expect(host.told).toContainEqual({ type: "vm.bugged", vm: "vm0", count: -1 });
  expect(host.vm0.vcpus[0]).toMatchObject({ state: "out", exit: "dead" });
  const request = { vm: "vm0", slot: 5, gfn: gfn(5000), pages: 1, backing: backedBy(0) };
  expect(drive(kvmCreateSlot(host.env(), request))).toEqual(fail("EIO"));
  expect(drive(kvmDeleteSlot(host.env(), "vm0", 0))).toEqual(fail("EIO"));
  expect(drive(guestAccess(host.env(), { vm: "vm0", vcpu: 0, gfn: gfn(40), does: "read" }))).toEqual(
    fail("EIO"),
  );
  const other = { vm: "vm1", vcpu: 0, gfn: gfn(40), does: "read" } as const;
  expect(drive(guestAccess(host.env(), other))).toEqual(OK);
});

it("hostBug: nothing yet; the next end of an ordinary notifier stops the host, mmu_lock given back", () => {
  const host = lostStart("hostBug");
  expect(host.vm0).toMatchObject({ mmuInvalidateInProgress: -1, bugged: false });
  const { stuck, steps } = rehearse<TestEvent>({
    M: (emit) => mmuNotifierInvalidate(host.env("M", emit), "vm0", 1000, 1064),
    V: (emit) => guestAccess(host.env("V", emit), { vm: "vm1", vcpu: 1, gfn: gfn(50), does: "read" }),
  });
  const stop = steps.find(({ events }) => events.some(({ type }) => type === "host.stopped"));
  expect(stop?.events).toEqual([
    { type: "lock.released", lock: "vm0/mmu_lock", mode: "write" },
    { type: "host.stopped", vm: "vm0", count: -1 },
  ]);
  expect([host.vm0.stoppedHost, host.vm1.stoppedHost]).toEqual([true, false]);
  expect(host.vm0.mmuLock.holders).toEqual([]);
  // Here nobody looks whether the host runs: the task that has stopped it never comes back.
  expect(stuck).toEqual(["M"]);
});

it("of a VM whose count is sound an ordinary notifier opens a bracket and closes it", () => {
  const host = testHost();
  visibleSlot(host, host.vm0, 1, 1000, 64, null);
  expect(drive(mmuNotifierInvalidate(host.env(), "vm0", 1000, 2000))).toEqual(OK);
  expect(host.told.filter(({ type }) => type.startsWith("bracket"))).toMatchObject([
    { type: "bracket.begun", count: 1, start: 1000n, end: 1064n },
    { type: "bracket.ended", count: 0, seq: 8 },
  ]);
});

it("where no ordinary slot begins nobody is told", () => {
  const host = testHost();
  visibleSlot(host, host.vm0, 0, 0, 64, 0);
  expect(drive(mmuNotifierInvalidate(host.env(), "vm0", 0, 64))).toEqual(OK);
  expect(host.told).toEqual([]);
});
