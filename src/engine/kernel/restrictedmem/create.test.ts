// SPDX-License-Identifier: GPL-2.0-only
// memfd_restricted(): which part can fail with which errno, and that nothing is left of the parts before it.

import { describe, expect, it } from "vitest";
import { type Errno, fail, OK, type Result } from "../../errno.ts";
import { drive } from "../../sim/drive.ts";
import { memfdRestricted } from "./create.ts";
import type { RestrictedmemEvent } from "./events.ts";

interface Host {
  readonly descriptors?: number;
  readonly files?: number;
  /** Which allocation fails, from 1: the inner inode, its file, the metadata, the shim's inode, its file. */
  readonly failing?: number;
}

/** What the call answered, what it told, and what the host has then. */
function make(flags: number, { descriptors = 9, files = 9, failing = 0 }: Host = {}) {
  const told: string[] = [];
  const has = { descriptors: 0, files: 0, installed: 0 };
  let tries = 0;
  const mayAllocate = () => ++tries !== failing;
  const taking = (free: boolean, errno: Errno): Result => (free ? OK : fail(errno));
  const env = {
    mayAllocate,
    emit(event: RestrictedmemEvent) {
      if (event.type === "create.stepped") told.push(`${event.part} ${event.outcome}`);
      else told.push(event.type === "file.created" ? `created as ${event.fd}` : event.type);
    },
    fds: {
      reserve() {
        const result = taking(has.descriptors < descriptors, "EMFILE");
        if (result.ok) has.descriptors++;
        return result;
      },
      giveBack: () => has.descriptors--,
      allocFile() {
        const result = has.files < files ? taking(mayAllocate(), "ENOMEM") : fail("ENFILE");
        if (result.ok) has.files++;
        return result;
      },
      freeFile: () => has.files--,
      install: () => {
        has.installed++;
        return 7;
      },
    },
  };
  const result = drive(memfdRestricted(env, "f0", flags));
  return { errno: result.ok ? null : result.errno, told, has };
}

const NOTHING = { descriptors: 0, files: 0, installed: 0 };

it("makes the parts in their order, and the file is there with the last of them", () => {
  expect(make(0)).toEqual({
    errno: null,
    told: ["fd made", "inner made", "metadata made", "shim made", "mapping made", "created as 7"],
    has: { descriptors: 1, files: 2, installed: 1 },
  });
});

it.each([1, 2, 2 ** 31, 2 ** 32 - 1])("refuses flags %i before it takes anything", (flags) => {
  expect(make(flags, { descriptors: 0 })).toEqual({ errno: "EINVAL", told: [], has: NOTHING });
});

describe("takes back what it has made", () => {
  const INNER_FAILED = ["fd made", "inner failed", "fd undone"];
  const METADATA_FAILED = ["fd made", "inner made", "metadata failed", "inner undone", "fd undone"];
  const SHIM_FAILED = [
    ...["fd made", "inner made", "metadata made"],
    ...["shim failed", "metadata undone", "inner undone", "fd undone"],
  ];
  it.each<[string, Host, Errno, string[]]>([
    ["no descriptor is left", { descriptors: 0 }, "EMFILE", ["fd failed"]],
    ["tmpfs gets no inode", { failing: 1 }, "ENOSPC", INNER_FAILED],
    ["the host has too many files for the inner one", { files: 0 }, "ENFILE", INNER_FAILED],
    ["there is no memory for the inner file", { failing: 2 }, "ENOMEM", INNER_FAILED],
    ["there is none for the metadata", { failing: 3 }, "ENOMEM", METADATA_FAILED],
    ["there is none for the shim's inode", { failing: 4 }, "ENOMEM", SHIM_FAILED],
    ["the host has too many files for the shim", { files: 1 }, "ENFILE", SHIM_FAILED],
    ["there is no memory for the shim's file", { failing: 5 }, "ENOMEM", SHIM_FAILED],
  ])("where %s", (_, host, errno, told) => {
    expect(make(0, host)).toEqual({ errno, told, has: NOTHING });
  });

  it("and a sixth allocation is none of its own", () => {
    expect(make(0, { failing: 6 }).errno).toBeNull();
  });
});
