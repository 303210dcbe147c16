// SPDX-License-Identifier: GPL-2.0-only
// What user space hears where the shim has no method: which errno, and which of two is found first.

import { describe, expect, it } from "vitest";
import { type Errno, fail, OK } from "../../errno.ts";
import { loff } from "../../units.ts";
import { type FdState, SHIM_FD } from "./vfs.ts";
import { vfsFtruncateChecks, vfsLlseek, vfsMmap, vfsPreadPwrite, vfsReadWrite } from "./vfsCalls.ts";

const CLOSED = null;

it.each<[string, Errno, Errno]>([
  ["read and write find no method", vfsReadWrite(SHIM_FD), "EINVAL"],
  ["read and write of a closed descriptor", vfsReadWrite(CLOSED), "EBADF"],
  ["pread and pwrite find no position", vfsPreadPwrite(SHIM_FD, loff(0n)), "ESPIPE"],
  ["pread and pwrite at a negative offset", vfsPreadPwrite(SHIM_FD, loff(-1n)), "EINVAL"],
  ["pread and pwrite of a closed descriptor", vfsPreadPwrite(CLOSED, loff(0n)), "EBADF"],
  ["... at a negative offset: that is looked at first", vfsPreadPwrite(CLOSED, loff(-1n)), "EINVAL"],
  ["lseek finds no position", vfsLlseek(SHIM_FD, 0), "ESPIPE"],
  ["lseek by the last whence there is", vfsLlseek(SHIM_FD, 4), "ESPIPE"],
  ["lseek by the first that is none", vfsLlseek(SHIM_FD, 5), "EINVAL"],
  ["lseek of a closed descriptor, before its whence", vfsLlseek(CLOSED, 5), "EBADF"],
  ["mmap finds no method", vfsMmap(SHIM_FD, false), "ENODEV"],
  ["mmap to execute, before the method", vfsMmap(SHIM_FD, true), "EPERM"],
  ["mmap to execute, of a closed descriptor", vfsMmap(CLOSED, true), "EBADF"],
])("%s", (_, answer, errno) => {
  expect(answer).toBe(errno);
});

describe("ftruncate, before the file is asked", () => {
  it.each<[string, FdState | null, length: bigint, Errno | null]>([
    ["passes a length of 0", SHIM_FD, 0n, null],
    ["passes the largest length there is", SHIM_FD, 2n ** 63n - 1n, null],
    ["refuses a negative length", SHIM_FD, -1n, "EINVAL"],
    ["refuses a negative length of a closed descriptor for the length", CLOSED, -1n, "EINVAL"],
    ["refuses a closed descriptor", CLOSED, 0n, "EBADF"],
    ["refuses one that is not writable", { ...SHIM_FD, writable: false }, 0n, "EINVAL"],
    ["refuses one of no regular file", { ...SHIM_FD, regular: false }, 0n, "EINVAL"],
  ])("%s", (_, fd, length, errno) => {
    expect(vfsFtruncateChecks(fd, loff(length))).toEqual(errno === null ? OK : fail(errno));
  });
});
