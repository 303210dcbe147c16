// SPDX-License-Identifier: GPL-2.0-only
// Whether a name that reads well means anything in a run: it may come from a link to another one.

import {
  pagesPerEntry,
  type Play,
  type Scenario,
  TABLE_ENTRIES,
  type TableLevel,
} from "../../engine/index.ts";
import { filePages } from "./filePages.ts";
import { type LabObject, objectOf } from "./object.ts";

/** The object called `name` where `play` may have such a one, else null. A memslot is known by its VM alone. */
export function knownObject({ scenario }: Play, name: string | null): LabObject | null {
  const object = objectOf(name);
  if (object === null) return null;
  const pages = "file" in object ? filePages(scenario, object.file) : 0;
  switch (object.kind) {
    case "page":
      return object.page < pages ? object : null;
    case "pages":
      return object.last < pages ? object : null;
    case "cell":
      return scenario.files.has(object.file) && object.shift % XA_CHUNK_SHIFT === 0 ? object : null;
    case "slot":
      return scenario.vms.has(ownerOf(object.memslot)) ? object : null;
    case "lock": {
      const owner = ownerOf(object.lock);
      return scenario.files.has(owner) || scenario.vms.has(owner) ? object : null;
    }
    case "count":
      return scenario.vms.has(object.vm) ? object : null;
    case "gfn":
    case "leaf":
    case "spte":
    case "vcpu":
    case "tlb":
      return isOfGuest(scenario, object) ? object : null;
    case "event":
      return object;
  }
}

type OfGuest = Extract<LabObject, { kind: "gfn" | "leaf" | "spte" | "vcpu" | "tlb" }>;

/** Whether the VM has such a vCPU, tables so high, and they lead to the gfn. */
function isOfGuest({ vms }: Scenario, object: OfGuest): boolean {
  const preset = vms.get(object.vm);
  if (preset === undefined || ("vcpu" in object && object.vcpu >= preset.vcpus)) return false;
  if (object.kind === "vcpu") return true;
  const level = "level" in object ? (object.level as TableLevel) : 1;
  if (level > preset.levels || object.gfn >= pagesPerEntry(preset.levels) * TABLE_ENTRIES) return false;
  return object.kind !== "leaf" || object.gfn % pagesPerEntry(level) === 0;
}

/** Bits of an index that one xa_node decides about. */
const XA_CHUNK_SHIFT = 6;

const ownerOf = (name: string): string => name.slice(0, name.indexOf("/"));
