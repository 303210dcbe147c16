// SPDX-License-Identifier: GPL-2.0-only
// `lab run NAME|FILE [--variants LIST] [--cut SLOTS] [--json]`: a scenario under each design, as a table or as JSON.

import {
  BoundReached,
  countersResting,
  type PlayOptions,
  type Scenario,
  stepsRest,
  type Tallied,
  tally,
  trapOf,
  unmetExpectations,
  VARIANTS,
  type VariantId,
} from "../engine/index.ts";
import { type CliIo, EXIT } from "./io.ts";
import { loadScenario } from "./loadScenario.ts";
import { runCut } from "./runCut.ts";
import { runsTable } from "./runsTable.ts";

interface Wanted {
  readonly name: string;
  readonly variants: readonly VariantId[] | null;
  readonly json: boolean;
  /** Into how many memslots the file that most punches hit is cut; null where it stays as it is. */
  readonly cut: number | null;
}

/**
 * Plays a scenario under the designs asked for, else under the two that it opens with.
 *
 * Returns: 0, also with findings; 1 where a design does not show what the scenario declares; 2 for wrong input;
 *          3 where the run is longer than `options` allow.
 */
export function runRun(io: CliIo, options: PlayOptions = {}): number {
  const wanted = readArgs(io.args);
  if (typeof wanted === "string") return complain(io, EXIT.wrongInput, wanted);
  const loaded = loadScenario(wanted.name);
  if (!loaded.ok) return complain(io, loaded.status, loaded.why);
  const { scenario } = loaded;
  if (wanted.cut !== null)
    return runCut(io, wanted.name, scenario, wanted.variants ?? scenario.show, wanted.cut, wanted.json);
  let runs: Tallied[];
  try {
    runs = (wanted.variants ?? scenario.show).map((variant) =>
      tally(scenario, variant, { ...options, hash: wanted.json }),
    );
  } catch (error) {
    if (error instanceof BoundReached)
      return complain(io, EXIT.boundReached, `${wanted.name}: ${error.message}`);
    throw error;
  }
  io.out(wanted.json ? `${jsonOf(wanted.name, scenario, runs)}\n` : runsTable(scenario, runs));
  const unmet = runs.flatMap(unmetExpectations);
  for (const line of unmet) io.err(`lab run: ${wanted.name}: not as declared: ${line}\n`);
  return unmet.length > 0 ? EXIT.comparisonFailed : EXIT.done;
}

/** One line, whatever stands in the names that it quotes. */
function complain(io: CliIo, status: number, why: string): number {
  io.err(`lab run: ${why.replaceAll(/\p{Cc}+/gu, " ")}\n`);
  return status;
}

/** What is asked for, or what is wrong with the asking. */
function readArgs(args: readonly string[]): Wanted | string {
  let name: string | null = null;
  let variants: VariantId[] | null = null;
  let cut: number | null = null;
  let json = false;
  for (let k = 0; k < args.length; k++) {
    const arg = args[k] ?? "";
    if (arg === "--json") json = true;
    else if (arg === "--variants" || arg.startsWith("--variants=")) {
      const list = arg === "--variants" ? args[++k] : arg.slice("--variants=".length);
      const read = readVariants(list);
      if (typeof read === "string") return read;
      variants = read;
    } else if (arg === "--cut" || arg.startsWith("--cut=")) {
      const text = arg === "--cut" ? args[++k] : arg.slice("--cut=".length);
      if (text === undefined || !/^[1-9]\d{0,6}$/.test(text))
        return `--cut expects how many memslots, as in 4096, got ${JSON.stringify(text ?? "")}`;
      cut = Number(text);
    } else if (arg.startsWith("-"))
      return `there is no option ${JSON.stringify(arg)}; there are --variants, --cut and --json`;
    else if (name !== null)
      return `expected one scenario, got ${JSON.stringify(name)} and ${JSON.stringify(arg)}`;
    else name = arg;
  }
  return name === null
    ? "expected the name of a scenario or a file: lab run t-a-12"
    : { name, variants, json, cut };
}

function readVariants(list: string | undefined): VariantId[] | string {
  const names = (list ?? "").split(",");
  const unknown = names.find((name) => !VARIANTS.some((variant) => variant === name));
  if (unknown !== undefined || new Set(names).size < names.length)
    return `--variants expects designs out of ${VARIANTS.join(",")}, each once, got ${JSON.stringify(list ?? "")}`;
  return names as VariantId[];
}

/** `{"scenario":…,"variants":{…}}` with plain digits; one line. `assumed` names the counts that rest on what is. */
function jsonOf(name: string, { assumed }: Scenario, runs: readonly Tallied[]): string {
  const variants = Object.fromEntries(
    runs.map((run) => [
      run.variant,
      {
        ...run.counters,
        steps: run.steps,
        eventsHash: run.eventsHash,
        findings: run.findings.map(({ step, invariant, object, text }) => ({
          step,
          invariant,
          object,
          trap: trapOf(run, invariant),
          text,
        })),
        notDone: run.answers,
        setupRefused: run.refusals.map(({ index, operation, errno }) => ({
          index,
          op: operation.op,
          errno,
        })),
      },
    ]),
  );
  const resting = [...(stepsRest(assumed) ? ["steps"] : []), ...countersResting(assumed)];
  return JSON.stringify({ scenario: name, ...(resting.length === 0 ? {} : { assumed: resting }), variants });
}
