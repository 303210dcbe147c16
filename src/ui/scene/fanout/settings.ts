// SPDX-License-Identifier: GPL-2.0-only
// What the fan-out view is set to, and its words in a link. What is as usual has no word.

import {
  ALIGNMENTS,
  type HoleSize,
  PRICE_IDS,
  type Pricing,
  type SetPrices,
  SLOTS_MAX,
  STEPPED_MAX,
  type SweepCase,
  VARIANTS,
  WALK_BASES,
} from "../../../engine/index.ts";
import type { Case } from "../../text/fanout/caseTexts.ts";
import { MEASURE_IDS, type MeasureId } from "../../text/fanout/names.ts";

export interface FanoutSettings extends Case {
  /** The chart's last number of memslots: KVM's limit, or as far as a projection goes. */
  readonly upto: number;
  readonly y: MeasureId;
  /** The number of memslots at which the chart is read. */
  readonly read: number;
  /** The figures whose table is open. */
  readonly tables: readonly FigureId[];
}

/** The figures of the view. */
export const FIGURE_IDS = ["chart", "parts", "small", "vm", "predicted"] as const;
export type FigureId = (typeof FIGURE_IDS)[number];

export const USUAL: FanoutSettings = {
  ...{ slot: 512, align: "aligned", hole: { pages: 1 }, vms: 1, vcpus: 1, walks: "warm", upto: STEPPED_MAX },
  ...{ y: "ns", read: 4096, lines: VARIANTS, prices: {}, tables: [] },
};

export const SLOT_PAGES_MAX = 2 ** 20;
export const HOLE_PAGES_MAX = 2 ** 30;
export const VMS_MAX = 64;
export const VCPUS_MAX = 4096;
/** A tenth of a second. */
const PRICE_NS_MAX = 1e8;

/** What is swept. */
export const caseOf = ({ slot, align, hole, vms }: FanoutSettings): SweepCase => ({
  slotPages: slot,
  alignment: align,
  holes: [hole],
  vms,
});

/** How that is priced. */
export const pricingOf = ({ walks, vcpus, prices }: FanoutSettings): Pricing => ({
  basis: walks,
  vcpus,
  set: prices,
});

/** A part of a link each, by its key. */
export type Words = Readonly<Record<string, string>>;

interface Field {
  readonly expected: string;
  /** The settings that `value` changes, or null where it cannot be read. */
  read(value: string): Partial<FanoutSettings> | null;
  /** Null where it is as usual. */
  print(settings: FanoutSettings): string | null;
}

type NumberKey = "slot" | "vms" | "vcpus" | "read";

function wholeField(key: NumberKey, max: number, what: string): Field {
  return {
    expected: `${what}, a whole number from 1 to ${max}`,
    read: (value) => {
      const n = wholeOf(value, max);
      return n === null ? null : { [key]: n };
    },
    print: (settings) => (settings[key] === USUAL[key] ? null : String(settings[key])),
  };
}

function wordField<Key extends "align" | "walks" | "y">(
  key: Key,
  known: readonly FanoutSettings[Key][],
  what: string,
): Field {
  return {
    expected: `${what}: ${known.join(", ")}`,
    read: (value) => {
      const word = known.find((one) => one === value);
      return word === undefined ? null : { [key]: word };
    },
    print: (settings) => (settings[key] === USUAL[key] ? null : settings[key]),
  };
}

const wholeOf = (text: string, max: number): number | null =>
  /^[1-9]\d{0,9}$/.test(text) && Number(text) <= max ? Number(text) : null;

export const FANOUT_FIELDS = {
  y: wordField("y", MEASURE_IDS, "what the chart shows"),
  read: wholeField("read", SLOTS_MAX, "the number of memslots that is read"),
  slot: wholeField("slot", SLOT_PAGES_MAX, "pages of a memslot"),
  align: wordField("align", ALIGNMENTS, "how memslots lie"),
  hole: {
    expected: "pages of the hole as in hole=16, or its part of the memslots as in hole=0.5x",
    read: (value) => {
      const hole = holeOf(value);
      return hole === null ? null : { hole };
    },
    print: ({ hole }) => ("share" in hole ? `${hole.share}x` : hole.pages === 1 ? null : String(hole.pages)),
  },
  vms: wholeField("vms", VMS_MAX, "VMs that share the file"),
  vcpus: wholeField("vcpus", VCPUS_MAX, "vCPUs of each VM"),
  walks: wordField("walks", WALK_BASES, "how walks are priced"),
  upto: {
    expected: `${STEPPED_MAX} or ${SLOTS_MAX}`,
    read: (value) => ([STEPPED_MAX, SLOTS_MAX].map(String).includes(value) ? { upto: Number(value) } : null),
    print: ({ upto }) => (upto === USUAL.upto ? null : String(upto)),
  },
  lines: {
    expected: `designs out of ${VARIANTS.join(", ")}`,
    read: (value) => {
      const named = value.split(",");
      const lines = VARIANTS.filter((variant) => named.includes(variant));
      return lines.length === named.length ? { lines } : null;
    },
    print: ({ lines }) => (lines.length === VARIANTS.length ? null : lines.join()),
  },
  prices: {
    expected: `nanoseconds by price, as in prices=lock:20,callback:15, of ${PRICE_IDS.join(", ")}`,
    read: (value) => {
      const prices = pricesOf(value);
      return prices === null ? null : { prices };
    },
    print: ({ prices }) => {
      const set = PRICE_IDS.flatMap((id) => (prices[id] === undefined ? [] : [`${id}:${prices[id]}`]));
      return set.length === 0 ? null : set.join();
    },
  },
  tables: {
    expected: `figures whose table is open, out of ${FIGURE_IDS.join(", ")}`,
    read: (value) => {
      const named = value.split(",");
      const tables = FIGURE_IDS.filter((id) => named.includes(id));
      return tables.length === named.length ? { tables } : null;
    },
    print: ({ tables }) => (tables.length === 0 ? null : tables.join()),
  },
} as const satisfies Record<string, Field>;

function holeOf(value: string): HoleSize | null {
  if (!value.endsWith("x")) {
    const pages = wholeOf(value, HOLE_PAGES_MAX);
    return pages === null ? null : { pages };
  }
  const share = value.slice(0, -1);
  return /^(0\.\d{1,9}|1)$/.test(share) && Number(share) > 0 && String(Number(share)) === share
    ? { share: Number(share) }
    : null;
}

/** A price as somebody types it, or null. */
export const priceTyped = (text: string): number | null =>
  /^\d{1,9}(\.\d{1,3})?$/.test(text) && Number(text) <= PRICE_NS_MAX ? Number(text) : null;

function pricesOf(value: string): SetPrices | null {
  const prices: Partial<Record<keyof SetPrices, number>> = {};
  for (const part of value.split(",")) {
    const [name, typed = "", ...more] = part.split(":");
    const id = PRICE_IDS.find((one) => one === name);
    const ns = priceTyped(typed);
    if (id === undefined || ns === null || more.length > 0 || prices[id] !== undefined) return null;
    prices[id] = ns;
  }
  return prices;
}

type FieldKey = keyof typeof FANOUT_FIELDS;

export const isFanoutKey = (key: string): key is FieldKey => Object.hasOwn(FANOUT_FIELDS, key);

/** The settings that `words` come to. Those that cannot be read are passed over: whoever reads a link has refused them. */
export function settingsOf(words: Words): FanoutSettings {
  let settings = USUAL;
  for (const [key, value] of Object.entries(words)) {
    const change = isFanoutKey(key) ? FANOUT_FIELDS[key].read(value) : null;
    if (change !== null) settings = { ...settings, ...change };
  }
  return { ...settings, read: Math.min(settings.read, settings.upto) };
}

/** The words of `settings`, always in the same order. */
export function wordsOf(settings: FanoutSettings): Words {
  const fields = Object.entries(FANOUT_FIELDS) as [FieldKey, Field][];
  return Object.fromEntries(
    fields.flatMap(([key, { print }]) => {
      const value = print(settings);
      return value === null ? [] : [[key, value]];
    }),
  );
}
