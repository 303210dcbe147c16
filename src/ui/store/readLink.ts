// SPDX-License-Identifier: GPL-2.0-only
// From the part of an address behind `#` to the place that it names, or to what is wrong with it. Fetched when there
// is a link to read.

import { type AddedPunch, VARIANTS, type VariantId } from "../../engine/index.ts";
import { FANOUT_FIELDS, isFanoutKey, settingsOf, wordsOf } from "../scene/fanout/settings.ts";
import { objectOf } from "../scene/object.ts";
import { VERSION } from "./link.ts";
import { OPENING } from "./load.ts";
import { type Place, placeNamed } from "./place.ts";

/** A longer one is refused unread. */
export const LINK_CHARS_MAX = 8_000;

/** More punches than this nobody adds by hand. */
const PUNCHES_MAX = 100;

/** So many powers of 64 make the largest file one page. */
const ZOOM_MAX = 9;

export type ParsedLink =
  | { readonly ok: true; readonly place: Place }
  /**
   * `says`: which part is wrong first, and what was expected there. `rest`: what the others name, or null where no
   * scenario is among them.
   */
  | { readonly ok: false; readonly says: string; readonly rest: Place | null };

/** Reads what stands behind an address, `#` included. Never throws. */
export function placeOf(hash: string): ParsedLink {
  if (hash.length > LINK_CHARS_MAX)
    return wrong(`It is ${hash.length} characters long; at most ${LINK_CHARS_MAX} are read.`);
  const [version, ...parts] = hash.replace(/^#/, "").split("&");
  if (version !== VERSION) return wrong(`It begins with "${cut(version ?? "")}", and not with ${VERSION}.`);
  let place = placeNamed("");
  const words: Record<string, string> = {};
  const seen = new Set<string>();
  const troubles: string[] = [];
  for (const part of parts) {
    const [, key = "", written = ""] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const read = readPart(part, key, written, seen);
    seen.add(key);
    if (typeof read === "string") troubles.push(read);
    else if (isFanoutKey(key)) words[key] = read.value;
    else place = { ...place, ...read.change };
  }
  const isFanout = place.view === "fanout";
  if (isFanout) place = { ...place, fanout: wordsOf(settingsOf(words)) };
  else if (Object.keys(words).length > 0)
    troubles.push(
      `It sets ${Object.keys(words).join(", ")} of the fan-out view and does not show it. Expected view=fanout.`,
    );
  if (isFanout && !seen.has("scenario") && !seen.has("recording")) place = { ...place, scenario: OPENING };
  const [first] = troubles;
  const { scenario, recording, designs, only } = place;
  const isOne = (scenario === "") !== (recording === null);
  // A recording may not be here. The fan-out view needs none, nor a scenario of its own.
  const isKept = recording === null && !isFanout;
  const rest = isFanout ? ofView(place) : isOne && isKept ? { ...place, only: onlyOf(designs, only) } : null;
  if (first !== undefined) return wrong(first, rest);
  if (!isOne)
    return wrong(
      scenario === ""
        ? `It names no scenario. Expected ${FIELDS.scenario.expected}.`
        : `It names a scenario and a recording. Expected one of them.`,
      isFanout ? rest : null,
    );
  if (only !== onlyOf(designs, only))
    return wrong(
      `It shows ${only} alone, which is none of its two designs.`,
      isFanout ? rest : isKept ? { ...place, only: null } : null,
    );
  return { ok: true, place };
}

/** Of a place in the fan-out view the view alone, with all that it is set to. */
const ofView = ({ view, fanout, theme }: Place): Place => ({ ...placeNamed(OPENING), view, fanout, theme });

/** `only`, or null where it is none of `designs`. Without them its scenario decides which there are. */
const onlyOf = (designs: Place["designs"], only: Place["only"]) =>
  designs === null || (designs as readonly (VariantId | null)[]).includes(only) ? only : null;

/** The value of `part` of a link and what it changes, or what is wrong with it. `seen` are the keys before it. */
function readPart(
  part: string,
  key: string,
  written: string,
  seen: ReadonlySet<string>,
): { readonly value: string; readonly change: object } | string {
  const field = fieldOf(key);
  if (field === null || !part.includes("="))
    return `"${cut(part)}" says nothing. Expected one of ${Object.keys(FIELDS).join(", ")}.`;
  if (seen.has(key)) return `"${key}" stands in it twice.`;
  const value = readValue(written);
  const change = value === null ? null : field.read(value);
  return value === null || change === null
    ? `"${cut(part)}" cannot be read. Expected ${field.expected}.`
    : { value, change };
}

interface Field {
  readonly expected: string;
  /** What the value changes, or null where it cannot be read. */
  read(value: string): Partial<Place> | null;
}

const NAME = /^[\w.-]{1,64}$/;

/** A scenario's name may hold all of it: a point of the fan-out view, a typed list of memslots. */
const SCENARIO_NAME = /^[\w.-]{1,250}$/;
const DESIGNS = VARIANTS.join(", ");

const FIELDS = {
  scenario: {
    expected: "the name of a scenario, for example scenario=t-a-12",
    read: (scenario) => (SCENARIO_NAME.test(scenario) ? { scenario } : null),
  },
  recording: {
    expected: "eight hex digits and the name of a log, for example recording=1a2b3c4d,my-vm.strace",
    read: (value) => {
      const [, print, name] = /^([0-9a-f]{8}),([^\p{Cc}\p{Cs}]{1,200})$/u.exec(value) ?? [];
      return print === undefined || name === undefined ? null : { recording: { print, name } };
    },
  },
  from: {
    expected: "the operation with which the part begins, counted from 1, for example from=257",
    read: (value) => (/^[1-9]\d{0,6}$/.test(value) ? { from: Number(value) - 1 } : null),
  },
  punch: {
    expected: "pages [start, end) of a file, for example punch=f0:18-22",
    read: (value) => {
      const punches = value.split(",").map(readPunch);
      return punches.length > PUNCHES_MAX || punches.includes(null)
        ? null
        : { punches: punches as AddedPunch[] };
    },
  },
  designs: {
    expected: `two different designs out of ${DESIGNS}, for example designs=v10,review`,
    read: (value) => {
      const [upper, lower, ...more] = value.split(",");
      return isVariant(upper) && isVariant(lower) && upper !== lower && more.length === 0
        ? { designs: [upper, lower] }
        : null;
    },
  },
  only: {
    expected: `the design that is shown alone, one of ${DESIGNS}`,
    read: (value) => (isVariant(value) ? { only: value } : null),
  },
  at: {
    expected: "the operation, counted from 1, and the step within it, for example at=1.18",
    read: (value) => {
      const [, operation, step] = /^([1-9]\d{0,6})\.(\d{1,7})$/.exec(value) ?? [];
      return step === undefined ? null : { at: { operation: Number(operation) - 1, step: Number(step) } };
    },
  },
  zoom: {
    expected: `a whole number from -${ZOOM_MAX} to ${ZOOM_MAX}`,
    read: (value) =>
      /^-?[1-9]\d?$/.test(value) && Math.abs(Number(value)) <= ZOOM_MAX ? { zoom: Number(value) } : null,
  },
  file: {
    expected: "the name of a file, for example file=f0",
    read: (file) => (NAME.test(file) ? { file } : null),
  },
  pin: {
    expected: "an object, for example pin=slot:vm0/3 or pin=page:f0/18",
    read: (pinned) => (objectOf(pinned) === null ? null : { pinned }),
  },
  theme: {
    expected: "dark or light",
    read: (theme) => (theme === "dark" || theme === "light" ? { theme } : null),
  },
  code: { expected: "code=1", read: (value) => (value === "1" ? { code: true } : null) },
  log: { expected: "log=1", read: (value) => (value === "1" ? { log: true } : null) },
  steps: { expected: "steps=1", read: (value) => (value === "1" ? { steps: true } : null) },
  view: { expected: "view=fanout", read: (value) => (value === "fanout" ? { view: value } : null) },
} as const satisfies Record<string, Field>;

/** What reads the part `key`. What it returns for a part of the fan-out view is kept as words instead. */
function fieldOf(key: string): { expected: string; read(value: string): object | null } | null {
  if (isFanoutKey(key)) return FANOUT_FIELDS[key];
  return Object.hasOwn(FIELDS, key) ? FIELDS[key as keyof typeof FIELDS] : null;
}

const isVariant = (value: string | undefined): value is VariantId =>
  (VARIANTS as readonly (string | undefined)[]).includes(value);

/** An end is at most 2^51 - 1: the kernel's offsets go no further. */
function readPunch(text: string): AddedPunch | null {
  const [, file, first, past] = /^([\w.-]{1,64}):(\d{1,16})-(\d{1,16})$/.exec(text) ?? [];
  if (file === undefined) return null;
  const [start, end] = [Number(first), Number(past)];
  return start < end && end < 2 ** 51 ? { file, start, end } : null;
}

function readValue(written: string): string | null {
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

const wrong = (says: string, rest: Place | null = null): ParsedLink => ({ ok: false, says, rest });

const cut = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
