// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { fail, OK } from "../../errno.ts";
import { checkMemoryRegion, KVM_MEM, KVM_USER_MEM_SLOTS, type MemoryRegion } from "./region.ts";

const PAGE = 4096n;

/** Sixteen private pages in the middle of things. */
const REGION: MemoryRegion = {
  flags: KVM_MEM.PRIVATE,
  guestPhysAddr: 2n ** 32n,
  memorySize: 16n * PAGE,
  userspaceAddr: 2n ** 40n,
  restrictedOffset: 2n ** 20n,
};

const checked = (fields: Partial<MemoryRegion>, slot = 3, hasPrivateMem = true) =>
  checkMemoryRegion({ hasPrivateMem }, slot, { ...REGION, ...fields });

describe("a region is refused for", () => {
  it.each<[string, Partial<MemoryRegion>]>([
    ["(a) a flag that is not known", { flags: KVM_MEM.PRIVATE | 8 }],
    ["(a) the highest flag", { flags: 2 ** 31 }],
    ["(b) a size that is no whole pages", { memorySize: 16n * PAGE - 1n }],
    ["(b) a guest address inside a page", { guestPhysAddr: 2n ** 32n + 1n }],
    ["(b) a user address inside a page", { userspaceAddr: 2n ** 40n + 8n }],
    ["(b) a kernel address", { userspaceAddr: 0xffff_8000_0000_0000n }],
    ["(b) user memory that ends beyond what a process has", { userspaceAddr: 2n ** 47n - 16n * PAGE }],
    ["(c) an offset inside a page", { restrictedOffset: 2n ** 20n + 1n }],
    ["(c) an offset whose end is 2^64", { restrictedOffset: 2n ** 64n - 16n * PAGE }],
    ["(c) an offset whose end wraps", { restrictedOffset: 2n ** 64n - PAGE }],
    ["(d) a guest address whose end is 2^64", { guestPhysAddr: 2n ** 64n - 16n * PAGE }],
    ["(d) a guest address whose end wraps", { guestPhysAddr: 2n ** 64n - PAGE }],
    ["(d) 2^31 pages", { memorySize: 2n ** 31n * PAGE }],
  ])("%s", (_, fields) => {
    expect(checked(fields)).toEqual(fail("EINVAL"));
  });

  it("(a) private memory in a VM of a type that has none, though not for an ordinary slot there", () => {
    expect(checked({}, 3, false)).toEqual(fail("EINVAL"));
    expect(checked({ flags: 0 }, 3, false)).toEqual(OK);
  });

  it("(d) a slot number of the kernel's own", () => {
    expect(checked({}, KVM_USER_MEM_SLOTS)).toEqual(fail("EINVAL"));
    expect(checked({}, KVM_USER_MEM_SLOTS - 1)).toEqual(OK);
  });
});

describe("a region is as good as its arguments tell, with", () => {
  it.each<[string, Partial<MemoryRegion>]>([
    ["what is asked for every day", {}],
    ["flags for an ordinary slot", { flags: KVM_MEM.LOG_DIRTY_PAGES | KVM_MEM.READONLY }],
    ["the last user memory", { userspaceAddr: 2n ** 47n - 17n * PAGE }],
    ["no user memory", { userspaceAddr: 0n }],
    ["an offset of 2^63: the check is unsigned (T-ah)", { restrictedOffset: 2n ** 63n }],
    ["the last offset", { restrictedOffset: 2n ** 64n - 17n * PAGE }],
    ["any offset, where the flag does not ask for a file", { flags: 0, restrictedOffset: 2n ** 64n - 1n }],
    ["the last guest address that does not wrap", { guestPhysAddr: 2n ** 64n - 17n * PAGE }],
    ["2^31 - 1 pages", { memorySize: (2n ** 31n - 1n) * PAGE }],
  ])("%s", (_, fields) => {
    expect(checked(fields)).toEqual(OK);
  });
});
