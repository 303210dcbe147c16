// SPDX-License-Identifier: GPL-2.0-only
// What `lab fanout` is asked for, or what is wrong with the asking.

import {
  ALIGNMENTS,
  type Alignment,
  type HoleSize,
  type SweepCase,
  VARIANTS,
  type VariantId,
  WALK_BASES,
  type WalkBasis,
} from "../engine/index.ts";

export interface FanoutArgs {
  readonly wanted: SweepCase;
  /** Numbers of slots, both ends included. */
  readonly sizes: readonly [min: number, max: number];
  readonly variants: readonly VariantId[];
  readonly pricing: {
    readonly basis: WalkBasis;
    readonly vcpus: number;
    readonly set: Readonly<Record<string, never>>;
  };
  readonly print: "table" | "json" | "csv";
}

export const FANOUT_USAGE =
  "fanout [--slots 1:32764] [--slot-pages 512] [--shift 0|1|mixed] [--hole 1] [--share 0.5] [--vms 1] [--vcpus 1] [--walks warm|cold|assumed] [--variants v10,review,review-seed] [--json|--csv]";

/** Values of the options that take one, as they stand. */
type Options = ReadonlyMap<string, string>;

const TAKES_VALUE = [
  ...["--slots", "--slot-pages", "--shift", "--hole", "--share", "--vms", "--vcpus", "--walks", "--variants"],
];

/** Slot and hole are pages, `--share` is the part of the slots that the hole takes whole. A string says what is wrong. */
export function readFanoutArgs(args: readonly string[], slotsMax: number): FanoutArgs | string {
  const options = new Map<string, string>();
  let print: FanoutArgs["print"] = "table";
  for (let k = 0; k < args.length; k++) {
    const [name = "", inline] = (args[k] ?? "").split(/=(.*)/s, 2);
    if (name === "--json" || name === "--csv") {
      if (print !== "table") return "--json and --csv are one or the other";
      print = name === "--json" ? "json" : "csv";
    } else if (TAKES_VALUE.includes(name)) {
      const value = inline ?? args[++k];
      if (value === undefined || options.has(name))
        return `${name} expects one value, once; usage: lab ${FANOUT_USAGE}`;
      options.set(name, value);
    } else return `there is no option ${JSON.stringify(args[k])}; usage: lab ${FANOUT_USAGE}`;
  }
  const reader = readerOf(options);
  const sizes = reader.sizes(slotsMax);
  const holes = [reader.hole()];
  const wanted = {
    slotPages: reader.whole("--slot-pages", 512, 2 ** 20),
    ...{ alignment: reader.alignment(), holes, vms: reader.whole("--vms", 1, 64) },
  };
  const basis = reader.oneOf("--walks", WALK_BASES, "warm");
  const vcpus = reader.whole("--vcpus", 1, 4096);
  const variants = reader.variants();
  return reader.wrong ?? { wanted, sizes, variants, pricing: { basis, vcpus, set: {} }, print };
}

/** Reads options one by one; `wrong` is what was wrong with the first that was. */
function readerOf(options: Options) {
  const reader = {
    wrong: null as string | null,
    complain<T>(what: string, fallback: T): T {
      reader.wrong ??= what;
      return fallback;
    },
    whole(name: string, fallback: number, max: number): number {
      const text = options.get(name);
      if (text === undefined) return fallback;
      if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= max) return Number(text);
      return reader.complain(
        `${name} expects a whole number from 1 to ${max}, got ${JSON.stringify(text)}`,
        fallback,
      );
    },
    sizes(slotsMax: number): readonly [number, number] {
      const text = options.get("--slots") ?? "1:32764";
      const [, min = "", max = min] = /^(\d{1,7})(?::(\d{1,7}))?$/.exec(text) ?? [];
      const sizes = [Number(min), Number(max)] as const;
      if (min !== "" && sizes[0] >= 1 && sizes[0] <= sizes[1] && sizes[1] <= slotsMax) return sizes;
      return reader.complain(
        `--slots expects one number of memslots or two as in 1:32764, from 1 to ${slotsMax}, got ${JSON.stringify(text)}`,
        [1, 1],
      );
    },
    hole(): HoleSize {
      const share = options.get("--share");
      if (share === undefined) return { pages: reader.whole("--hole", 1, 2 ** 30) };
      if (options.has("--hole"))
        return reader.complain("--hole and --share are one or the other", { pages: 1 });
      if (/^(0?\.\d{1,9}|1(\.0*)?)$/.test(share) && Number(share) > 0) return { share: Number(share) };
      return reader.complain(
        `--share expects a part of the memslots above 0 and up to 1, as in 0.5, got ${JSON.stringify(share)}`,
        { pages: 1 },
      );
    },
    alignment(): Alignment {
      const text = options.get("--shift") ?? "0";
      if (text === "0") return "aligned";
      if (text === "1") return "shifted";
      return text === "mixed"
        ? text
        : reader.complain(
            `--shift expects 0, 1 or mixed (${ALIGNMENTS.join(", ")}), got ${JSON.stringify(text)}`,
            "aligned",
          );
    },
    oneOf<T extends string>(name: string, known: readonly T[], fallback: T): T {
      const text = options.get(name);
      if (text === undefined) return fallback;
      const found = known.find((one) => one === text);
      return (
        found ??
        reader.complain(`${name} expects ${known.join(" or ")}, got ${JSON.stringify(text)}`, fallback)
      );
    },
    variants(): readonly VariantId[] {
      const text = options.get("--variants");
      if (text === undefined) return VARIANTS;
      const names = text.split(",");
      const isKnown = (name: string): name is VariantId => VARIANTS.some((variant) => variant === name);
      if (names.every(isKnown) && new Set(names).size === names.length) return names;
      return reader.complain(
        `--variants expects designs out of ${VARIANTS.join(",")}, each once, got ${JSON.stringify(text)}`,
        VARIANTS,
      );
    },
  };
  return reader;
}
