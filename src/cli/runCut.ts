// SPDX-License-Identifier: GPL-2.0-only
// `lab run NAME|FILE --cut SLOTS`: what a recording's punches would have cost over more memslots. Counted, not stepped.

import {
  COUNTER_IDS,
  COUNTER_TEXTS,
  type CutBill,
  cutBilling,
  cutTrouble,
  drain,
  type Scenario,
  type VariantId,
} from "../engine/index.ts";
import { columns } from "./columns.ts";
import { type CliIo, EXIT } from "./io.ts";

/** Returns: 0; 2 where `scenario` cannot be cut so, with one line on stderr and nothing on stdout. */
export function runCut(
  io: CliIo,
  name: string,
  scenario: Scenario,
  variants: readonly VariantId[],
  slots: number,
  json: boolean,
): number {
  const trouble = cutTrouble(scenario, slots);
  if (trouble !== null) {
    io.err(`lab run: --cut: ${trouble}\n`);
    return EXIT.wrongInput;
  }
  const bills = variants.map((variant) => drain(cutBilling(scenario, variant, slots)));
  io.out(json ? jsonOf(name, bills) : tableOf(scenario, bills));
  return EXIT.done;
}

/** One line with plain digits. */
const jsonOf = (scenario: string, bills: readonly CutBill[]) =>
  `${JSON.stringify({
    ...{ scenario, cut: bills[0]?.slots, file: bills[0]?.file, counted: "formula" },
    variants: Object.fromEntries(bills.map(({ variant, bound, total }) => [variant, { ...total, bound }])),
  })}\n`;

function tableOf({ title }: Scenario, bills: readonly CutBill[]): string {
  const digits = (value: number) => value.toLocaleString("en-GB");
  const rows = [
    ["", ...bills.map(({ variant }) => variant), ""],
    [
      "memslots",
      ...bills.map(({ bound }) => digits(bound)),
      `let be, of ${digits(bills[0]?.slots ?? 0)} asked for`,
    ],
    ...COUNTER_IDS.map((id) => [id, ...bills.map(({ total }) => digits(total[id])), COUNTER_TEXTS[id]]),
  ];
  const about = `${title}; ${bills[0]?.file} cut into ${digits(bills[0]?.slots ?? 0)} memslots, counted in closed form`;
  return `${[about, "", ...columns(rows)].join("\n")}\n`;
}
