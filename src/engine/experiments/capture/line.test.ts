// SPDX-License-Identifier: GPL-2.0-only
import { describe, expect, it } from "vitest";
import { readCall, readLine } from "./line.ts";

const call = { name: "ftruncate", args: "11, 4096", result: "0" };

describe("readLine()", () => {
  it.each([
    ["nothing before it", "", ""],
    ["the process id of -f -o", "7652  ", "7652"],
    ["the process id of -f", "[pid  7652] ", "7652"],
    ["the time of -t", "08:02:32 ", ""],
    ["the process id and the time of -tt", "21380 08:02:32.964252 ", "21380"],
    ["the time of -ttt", "1700000000.123456 ", ""],
    ["the time of -r", "     0.000123 ", ""],
  ])("finds the call behind %s", (_, prefix, pid) => {
    expect(readLine(`${prefix}ftruncate(11, 4096)         = 0`)).toEqual({ kind: "call", pid, call });
  });

  it("takes the first word of the result, not the time of -T nor the errno's text", () => {
    expect(readCall("ftruncate(11, 4096) = 0 <0.000012>")?.result).toBe("0");
    expect(readCall("ftruncate(11, 4096) = -1 EINVAL (Invalid argument)")?.result).toBe("-1");
  });

  it("is not led astray by a string that looks like the end of a call", () => {
    expect(readCall('memfd_create("a) = 3", 0) = 5')).toEqual({
      name: "memfd_create",
      args: '"a) = 3", 0',
      result: "5",
    });
  });

  it("keeps what an unfinished call has printed, and what its resumption adds", () => {
    expect(readLine('7 memfd_create("x", MFD_CLOEXEC <unfinished ...>')).toMatchObject({
      kind: "unfinished",
      pid: "7",
      text: 'memfd_create("x", MFD_CLOEXEC',
      call: { name: "memfd_create", result: null },
    });
    expect(readLine("7 <... memfd_create resumed>)       = 19")).toEqual({
      kind: "resumed",
      pid: "7",
      name: "memfd_create",
      text: ")       = 19",
    });
  });

  it.each([
    "",
    "--- SIGCHLD {si_signo=SIGCHLD} ---",
    "7 +++ exited with 0 +++",
    "strace: Process 7 attached",
  ])("takes %j for a note of strace", (text) => expect(readLine(text)).toEqual({ kind: "note" }));

  it.each([
    ["before its parenthesis", "7652  ioctl(9, KVM_SET_USER_MEMORY_REGION, {slot=0, fla"],
    ["before its result", "7652  ftruncate(11, 4096)   "],
    ["right before the number", "7652  ftruncate(11, 4096) = "],
    ["inside a resumption", "7652  <... ftruncate resu"],
  ])("says that a line is cut off %s", (_, text) => {
    expect(readLine(text)).toMatchObject({ kind: "unread", reason: expect.stringContaining("cut off") });
  });

  it.each(["hello", "\u0000\u0001\ufffd", "(1) = 2", "{}", "7652  KVM"])(
    "does not take %j for strace",
    (text) => {
      expect(readLine(text)).toMatchObject({ kind: "unread", reason: expect.stringContaining("not a line") });
    },
  );
});
