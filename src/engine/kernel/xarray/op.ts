// SPDX-License-Identifier: GPL-2.0-only
// The vocabulary of recordings and op scripts: which operations there are, and what their arguments may be.

import {
  type Entry,
  ULONG_MAX,
  XA_ENTRY_MAX,
  XA_INDEX_MAX,
  XA_NULL,
  xaMkInternal,
  xaMkPointer,
  xaMkValue,
} from "./entry.ts";

/** How "no upper limit" is written: 2^64-1, as a string because it is no exact double. */
export const NO_LIMIT = "18446744073709551615";

const ORDER_MAX = 51;

/** As `alloc_limit` writes that any number of nodes can be taken. */
export const UNLIMITED = -1;

const NODES_MAX = 2 ** 31 - 1;

/** Each argument as `name:kind`. */
const OPS = {
  store: ["index:index", "entry:entry"],
  store_order: ["index:index", "order:order", "entry:entry"],
  store_range: ["first:index", "last:index", "entry:entry"],
  erase_range: ["first:index", "last:index"],
  erase: ["index:index"],
  destroy: [],
  load: ["index:index"],
  get_order: ["index:index"],
  find: ["index:index", "max:limit"],
  find_after: ["index:index", "max:limit"],
  for_each_range: ["first:index", "last:limit"],
  empty: [],
  dump: [],
  alloc_limit: ["nodes:nodes"],
} as const satisfies Record<string, readonly `${string}:${Kind}`[]>;

type Kind = "index" | "limit" | "order" | "entry" | "nodes";

export type XaOpName = keyof typeof OPS;

/** The ops after which the whole array is recorded, with the nodes taken and given back. */
export const CHANGING: ReadonlySet<XaOpName> = new Set<XaOpName>([
  "store",
  "store_order",
  "store_range",
  "erase_range",
  "erase",
  "destroy",
]);

/** An argument as it is written down: an index, an entry or NULL. */
export type XaArg = number | string | null;

export interface XaOp {
  readonly op: XaOpName;
  /** The arguments as written, to be repeated in the op line. */
  readonly a: readonly XaArg[];
  /** The same as numbers: indices, orders, entries by their code. */
  readonly args: readonly number[];
}

/** What was read, or what was expected instead and how to mend it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

export const wrong = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

/** One op from its name and its arguments, whatever they are. */
export function xaOpOf(name: unknown, a: unknown): Parsed<XaOp> {
  if (typeof name !== "string" || !Object.hasOwn(OPS, name)) {
    return wrong(`unknown op ${quote(name)}; use one of ${Object.keys(OPS).join(", ")}`);
  }
  const op = name as XaOpName;
  const wanted: readonly string[] = OPS[op];
  if (!Array.isArray(a)) return wrong(`the arguments of ${op} are ${quote(a)}; write them as a list`);
  if (a.length !== wanted.length) {
    const names = wanted.map((each) => each.slice(0, each.indexOf(":"))).join(" ");
    return wrong(`${op} takes ${wanted.length} arguments, got ${a.length}; write ${`${op} ${names}`.trim()}`);
  }

  const args: number[] = [];
  for (const [at, spec] of wanted.entries()) {
    const [argName, kind] = spec.split(":") as [string, Kind];
    const number = KINDS[kind].read(a[at]);
    if (number === null) {
      return wrong(`${argName} of ${op} is ${quote(a[at])}; write ${KINDS[kind].expected}`);
    }
    args.push(number);
  }
  return { ok: true, value: { op, a: a as XaArg[], args } };
}

/** A foreign value, short and on one line, for a message. */
export function quote(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  return typeof value === "number" || value === null ? String(value) : typeof value;
}

const KINDS: Record<Kind, { read(arg: unknown): number | null; expected: string }> = {
  index: { read: (arg) => within(arg, XA_INDEX_MAX), expected: `an index from 0 to ${XA_INDEX_MAX}` },
  limit: {
    read: (arg) => (arg === NO_LIMIT ? ULONG_MAX : within(arg, XA_INDEX_MAX)),
    expected: `an index from 0 to ${XA_INDEX_MAX}, or ${NO_LIMIT} for no limit`,
  },
  nodes: {
    read: (arg) => (arg === UNLIMITED ? UNLIMITED : within(arg, NODES_MAX)),
    expected: `a number of nodes from 0 to ${NODES_MAX}, or ${UNLIMITED} for no limit`,
  },
  order: { read: (arg) => within(arg, ORDER_MAX), expected: `an order from 0 to ${ORDER_MAX}` },
  entry: {
    read: entryOf,
    expected: `p, v or x followed by a number from 0 to ${XA_ENTRY_MAX} (p3), or null`,
  },
};

function within(arg: unknown, max: number): number | null {
  return typeof arg === "number" && Number.isInteger(arg) && arg >= 0 && arg <= max ? arg : null;
}

function entryOf(arg: unknown): Entry | null {
  if (arg === null) return XA_NULL;
  if (typeof arg !== "string" || !/^[pvx](0|[1-9]\d{0,15})$/.test(arg)) return null;
  const n = Number(arg.slice(1));
  if (n > XA_ENTRY_MAX) return null;
  if (arg.startsWith("p")) return xaMkPointer(n);
  return arg.startsWith("v") ? xaMkValue(n) : xaMkInternal(n);
}
