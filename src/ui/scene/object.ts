// SPDX-License-Identifier: GPL-2.0-only
// Names for what can be pointed at. A name says which thing it is and not where it is drawn, so that it stays true
// while steps are taken, in the other design, and in a link.

import type { VariantId } from "../../engine/index.ts";

/** Something that can be lit up or pinned. */
export type LabObject =
  | { readonly kind: "page"; readonly file: string; readonly page: number }
  /** Several pages that one column stands for; both ends included. */
  | { readonly kind: "pages"; readonly file: string; readonly first: number; readonly last: number }
  /** A memslot by the name that events use: `vm0/3`. */
  | { readonly kind: "slot"; readonly memslot: string }
  /** A cell of an xa_node that leads to a lower node: the node's shift, and the first index under the cell. */
  | { readonly kind: "cell"; readonly file: string; readonly shift: number; readonly first: number }
  /** `f0/rm->lock` */
  | { readonly kind: "lock"; readonly lock: string }
  /** mmu_invalidate_in_progress of a VM. */
  | { readonly kind: "count"; readonly vm: string }
  | { readonly kind: "gfn"; readonly vm: string; readonly gfn: number }
  /** A present leaf by its first gfn. */
  | { readonly kind: "leaf"; readonly vm: string; readonly level: number; readonly gfn: number }
  /** The entry at a level of the tables on the way to a gfn. */
  | { readonly kind: "spte"; readonly vm: string; readonly level: number; readonly gfn: number }
  | { readonly kind: "vcpu"; readonly vm: string; readonly vcpu: number }
  /** What a vCPU has cached from a gfn on. */
  | { readonly kind: "tlb"; readonly vm: string; readonly vcpu: number; readonly gfn: number }
  /** What a design told in a step of its run, counted from 1. */
  | { readonly kind: "event"; readonly variant: VariantId; readonly step: number };

/** The name of `object`. */
export function objectName(object: LabObject): string {
  switch (object.kind) {
    case "page":
      return `page:${object.file}/${object.page}`;
    case "pages":
      return `pages:${object.file}/${object.first}-${object.last}`;
    case "slot":
      return `slot:${object.memslot}`;
    case "cell":
      return `cell:${object.file}/${object.shift}/${object.first}`;
    case "lock":
      return `lock:${object.lock}`;
    case "count":
      return `count:${object.vm}`;
    case "gfn":
      return `gfn:${object.vm}/${object.gfn}`;
    case "leaf":
    case "spte":
      return `${object.kind}:${object.vm}/${object.level}/${object.gfn}`;
    case "vcpu":
      return `vcpu:${object.vm}/${object.vcpu}`;
    case "tlb":
      return `tlb:${object.vm}/${object.vcpu}/${object.gfn}`;
    case "event":
      return `event:${object.variant}/${object.step}`;
  }
}

/** The object called `name`, or null where no object can be called so: a name may come from a damaged link. */
export function objectOf(name: string | null): LabObject | null {
  const [, kind = "", rest = ""] = name === null ? [] : (/^([a-z]+):(.+)$/.exec(name) ?? []);
  const [, own = "", a = "", b = ""] = SHAPES.get(kind)?.exec(rest) ?? [];
  const [first, second] = [Number(a), Number(b)];
  if (own === "" || !Number.isSafeInteger(first) || !Number.isSafeInteger(second)) return null;
  switch (kind) {
    case "page":
      return { kind, file: own, page: first };
    case "pages":
      return first < second ? { kind, file: own, first, last: second } : null;
    case "slot":
      return { kind, memslot: own };
    case "cell":
      return { kind, file: own, shift: first, first: second };
    case "lock":
      return { kind, lock: own };
    case "count":
      return { kind, vm: own };
    case "gfn":
      return { kind, vm: own, gfn: first };
    case "leaf":
    case "spte":
      return { kind, vm: own, level: first, gfn: second };
    case "vcpu":
      return { kind, vm: own, vcpu: first };
    case "tlb":
      return { kind, vm: own, vcpu: first, gfn: second };
    case "event":
      return { kind, variant: own as VariantId, step: first };
    default:
      return null;
  }
}

/** Behind the kind: whose it is, then up to two numbers. Files and VMs are called as the scenario format allows. */
const SHAPES: ReadonlyMap<string, RegExp> = new Map([
  ["page", /^([\w.-]{1,64})\/(\d{1,16})$/],
  ["pages", /^([\w.-]{1,64})\/(\d{1,16})-(\d{1,16})$/],
  ["slot", /^([\w.-]{1,64}\/\d{1,5})$/],
  ["cell", /^([\w.-]{1,64})\/(\d{1,2})\/(\d{1,16})$/],
  ["lock", /^([\w.-]{1,64}\/(?:rm->lock|inode->lock|mmu_lock|slots_lock))$/],
  ["count", /^([\w.-]{1,64})$/],
  ["gfn", /^([\w.-]{1,64})\/(\d{1,16})$/],
  ["leaf", /^([\w.-]{1,64})\/([1-3])\/(\d{1,16})$/],
  ["spte", /^([\w.-]{1,64})\/([1-5])\/(\d{1,16})$/],
  ["vcpu", /^([\w.-]{1,64})\/(\d{1,4})$/],
  ["tlb", /^([\w.-]{1,64})\/(\d{1,4})\/(\d{1,16})$/],
  ["event", /^(v10|review|review-seed)\/(\d{1,16})$/],
]);
