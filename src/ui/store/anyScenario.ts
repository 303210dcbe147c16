// SPDX-License-Identifier: GPL-2.0-only
// Any scenario but the one that the page opens with: a built-in, a point of the fan-out view, a part of a recording, or one
// with the viewer's punches in it. Fetched when one is wanted: the opening page needs neither the others nor the schema of the files.

import {
  ANY,
  builtIn,
  type ScenarioDocument,
  parseScenario,
  problemText,
  readingScenario,
  type Scenario,
  slotsDocument,
  withPunches,
} from "../../engine/index.ts";
import { pointOf } from "../scene/fanout/point.ts";
import { typedOf } from "../scene/fanout/typedMachine.ts";
import { keyOf, type LoadedScenario, type OpenCapture, type OpenCaptures } from "./capture.ts";
import { inSlices } from "./inSlices.ts";
import type { LoadEnv } from "./loadEnv.ts";
import { LoadTrouble } from "./loadTrouble.ts";
import type { Place } from "./place.ts";

/** What loadScenario() reads. Throws what fetching throws, too. */
export async function anyScenario(place: Place, env: LoadEnv, open: OpenCaptures): Promise<LoadedScenario> {
  const { scenario: name, punches } = place;
  const read = await readPlace(place, env, open);
  if (punches.length === 0) return read;
  const { files, document } = read.scenario;
  const stray = punches.find(({ file }) => !files.has(file));
  if (stray !== undefined)
    throw new LoadTrouble(
      `The scenario ${name} has no file ${stray.file} to punch. Its files: ${[...files.keys()].join(", ")}.`,
    );
  const punched = await reading(withPunches(document, punches), env);
  return { ...read, scenario: { ...punched, part: read.scenario.part } };
}

async function readPlace(place: Place, env: LoadEnv, open: OpenCaptures): Promise<LoadedScenario> {
  const known = open.get(keyOf(place)) ?? (await builtInScenario(place.scenario, env));
  if (!("view" in known)) return { scenario: known, capture: null };
  open.set(keyOf(place), known);
  const { view } = known;
  const wanted = place.from ?? place.at?.operation ?? 0;
  const last = Math.max(0, view.columns.kind.length - 1);
  const from = Math.floor(Math.min(wanted, last) / view.every) * view.every;
  const { document, before } = await known.part(from);
  await env.pause();
  const scenario = await reading(document, env);
  const total = new Map(view.costs.map((costs) => [costs.variant, costs.total]));
  const part = { from, operations: view.columns.kind.length, total };
  return {
    scenario: before === null ? scenario : { ...scenario, part: { ...part, before } },
    capture: { of: known, from },
  };
}

async function builtInScenario(name: string, env: LoadEnv): Promise<Scenario | OpenCapture> {
  const point = pointOf(name);
  if (point !== null) return reading(point, env);
  const sizes = typedOf(name);
  if (sizes !== null) {
    const { documentCapture } = await import("./documentCapture.ts");
    return documentCapture(slotsDocument(sizes, "Typed memslots"), name, name);
  }
  const known = builtIn(name);
  if (known === null) throw new LoadTrouble(`There is no scenario ${name}. Choose one from the list.`);
  if ("document" in known) return reading(known.document(), env);
  if ("capture" in known) {
    const { builtInCapture } = await import("./builtInCapture.ts");
    return builtInCapture(name, known.capture, env.fetchBlob);
  }
  const parsed = parseScenario(await (await env.fetchBlob(`scenarios/${known.file}`)).text());
  if (parsed.ok) return parsed.scenario;
  const [first] = parsed.problems;
  const what = first === undefined ? "" : ` ${problemText(first)}.`;
  throw new LoadTrouble(`The scenario ${name} cannot be read.${what} Choose another one.`);
}

const reading = (document: ScenarioDocument, { pause }: LoadEnv): Promise<Scenario> =>
  inSlices(readingScenario(document, ANY), pause);
