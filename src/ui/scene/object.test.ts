// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { type LabObject, objectName, objectOf } from "./object.ts";

const NAMED: readonly (readonly [string, LabObject])[] = [
  ["page:f0/18", { kind: "page", file: "f0", page: 18 }],
  ["pages:f0/512-575", { kind: "pages", file: "f0", first: 512, last: 575 }],
  ["slot:vm0/3", { kind: "slot", memslot: "vm0/3" }],
  ["cell:f0/18/1048576", { kind: "cell", file: "f0", shift: 18, first: 1048576 }],
  ["lock:f0/rm->lock", { kind: "lock", lock: "f0/rm->lock" }],
  ["count:vm0", { kind: "count", vm: "vm0" }],
  ["gfn:vm0/1048594", { kind: "gfn", vm: "vm0", gfn: 1048594 }],
  ["leaf:vm0/2/512", { kind: "leaf", vm: "vm0", level: 2, gfn: 512 }],
  ["spte:vm0/4/18", { kind: "spte", vm: "vm0", level: 4, gfn: 18 }],
  ["vcpu:vm0/1", { kind: "vcpu", vm: "vm0", vcpu: 1 }],
  ["tlb:vm0/1/18", { kind: "tlb", vm: "vm0", vcpu: 1, gfn: 18 }],
  ["event:v10/14", { kind: "event", variant: "v10", step: 14 }],
  ["event:review-seed/1", { kind: "event", variant: "review-seed", step: 1 }],
];

it.each(NAMED)("%s is written and read", (name, object) => {
  expect(objectName(object)).toBe(name);
  expect(objectOf(name)).toEqual(object);
});

it.each([
  ...["", "page", "page:", "page:f0", "page:f0/", "page:f0/x", "page:f0/-1", "page:f0/1.5", "page:/1"],
  ...["page:f0/18 ", " page:f0/18", "page:f0/18\n", "PAGE:f0/18", "page:f0/99999999999999999"],
  ...[
    "page:f0/9999999999999999",
    "pages:f0/5-4",
    "pages:f0/5-5",
    "slot:vm0",
    "slot:vm0/x",
    "slot:vm0/123456",
  ],
  ...[
    "lock:f0/other",
    "count:",
    "count:a b",
    "leaf:vm0/4/0",
    "spte:vm0/6/0",
    "spte:vm0/0/0",
    "gfn:vm0/-1",
    "tlb:vm0/1",
    "vcpu:vm0",
    "event:v11/3",
    "event:v10/",
    "constructor:f0/1",
    "__proto__:f0/1",
  ],
  ...["<b>page:f0/18</b>", "slot:<img>/1"],
])("%j names nothing", (name) => {
  expect(objectOf(name)).toBeNull();
});

it("no name names nothing", () => {
  expect(objectOf(null)).toBeNull();
});
