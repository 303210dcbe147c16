// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { CUT, hasResult, readCall, readLine, tornHalf } from "./line.ts";

const TEXT = "ftruncate(11, 4096)         = 0";

describe("readLine()", () => {
  it.each([
    ["nothing before it", "", "", null],
    ["the process id of -f -o", "7652  ", "7652", null],
    ["the process id of -f", "[pid  7652] ", "7652", null],
    ["the process id and the name of -f -Y -o", "24129<qemu-system-x86> ", "24129", null],
    ["the process id and the name of -f -Y", "[pid  7652<CPU 0/KVM>] ", "7652", null],
    ["the time of -t", "08:02:32 ", "", "08:02:32"],
    ["the process id and the time of -tt", "21380 08:02:32.964252 ", "21380", "08:02:32.964252"],
    ["the time of -ttt", "1700000000.123456 ", "", "1700000000.123456"],
    ["the time of -r", "     0.000123 ", "", "0.000123"],
    ["the two times of -t -r", "7 01:00:03 (+     0.000268) ", "7", "01:00:03"],
    ["the number and the address of -n -i", "     0.000302 [ 319] [00007fa8ce728217] ", "", "0.000302"],
    ["an address that -i cannot tell", "[????????????????] ", "", null],
  ])("finds the call behind %s", (_, prefix, pid, stamp) => {
    expect(readLine(prefix + TEXT)).toEqual({ kind: "call", pid, stamp, name: "ftruncate", text: TEXT });
  });

  it("keeps what an unfinished call has printed, and what its resumption adds", () => {
    expect(readLine('7 memfd_create("x", MFD_CLOEXEC <unfinished ...>')).toMatchObject({
      kind: "unfinished",
      pid: "7",
      name: "memfd_create",
      text: 'memfd_create("x", MFD_CLOEXEC',
    });
    expect(readLine("7 <... memfd_create resumed>)       = 19")).toMatchObject({
      kind: "resumed",
      pid: "7",
      name: "memfd_create",
      text: ")       = 19",
    });
  });

  it.each([
    "",
    "--- SIGCHLD {si_signo=SIGCHLD} ---",
    "strace: Process 7 attached",
    "Process 7 detached",
    " > /usr/lib/x86_64-linux-gnu/libc.so.6(mmap+0x17) [0x10a217]",
  ])("takes %j for a note of strace", (text) => expect(readLine(text).kind).toBe("note"));

  it("tells the end of a process from other notes", () => {
    expect(readLine("7 +++ exited with 0 +++")).toMatchObject({ kind: "exit", pid: "7" });
    expect(readLine("+++ killed by SIGKILL +++").kind).toBe("exit");
    expect(readLine("7 +++ superseded by execve in pid 8 +++").kind).toBe("note");
  });

  it("says that a line is cut off inside a resumption", () => {
    expect(readLine("7652  <... ftruncate resu")).toMatchObject({ kind: "unread", reason: CUT.reason });
  });

  it.each(["hello", "\u0000\u0001\ufffd", "(1) = 2", "{}", "7652  KVM"])(
    "does not take %j for strace",
    (text) => {
      expect(readLine(text)).toMatchObject({ kind: "unread", reason: expect.stringContaining("not a line") });
    },
  );
});

describe("readCall()", () => {
  it("takes the first word of the result, not the time of -T nor the errno's text", () => {
    expect(readCall("ftruncate(11, 4096) = 0 <0.000012>")?.result).toBe("0");
    expect(readCall("ftruncate(11, 4096) = -1 EINVAL (Invalid argument)")?.result).toBe("-1");
  });

  it("is not led astray by a string or a path that looks like the end of a call", () => {
    expect(readCall('memfd_create("a) = 3", 0) = 5')).toEqual({ args: '"a) = 3", 0', result: "5" });
    expect(readCall('memfd_create("a) = 3", 0) = 5</memfd:a) = 3>(deleted) <0.1>')?.result).toBe(
      "5</memfd:a) = 3>(deleted)",
    );
    expect(readCall("close(5</memfd:a) = 3>) = 0")).toEqual({ args: "5</memfd:a) = 3>", result: "0" });
  });

  it.each([
    "ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, fla",
    "ftruncate(11, 4096)   ",
    "ftruncate(11, 4096) = ",
    "ftruncate(11, 4096) =",
    'memfd_create("a) = 3',
  ])("finds no whole call in %j", (text) => expect(readCall(text)).toBeNull());
});

it("hasResult() tells a call from one that is cut off, also where a path holds the sign", () => {
  for (const text of ["f(1) = 0", "f(1)        = ?", 'f("x", 1) = 5</a = b>', "f(5</a = b>) = 0"]) {
    expect(hasResult(text)).toBe(true);
  }
  for (const text of ["f(1", "f(1)", "f(1) = ", "f(5</a = b"]) expect(hasResult(text)).toBe(false);
});

it("tornHalf() gives what stood before strace's word on a new process", () => {
  expect(tornHalf("clone(flags=SIGCHLDstrace: Process 7 attached")).toBe("clone(flags=SIGCHLD");
  for (const line of ["strace: Process 7 attached", "x attached", "f() = 0"])
    expect(tornHalf(line)).toBeNull();
});
