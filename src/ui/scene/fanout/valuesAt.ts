// SPDX-License-Identifier: GPL-2.0-only
import type { VariantId } from "../../../engine/index.ts";
import type { MeasureId } from "../../text/fanout/names.ts";
import type { ReadValue } from "../../text/fanout/sentences.ts";
import { MEASURES, type PricedRow } from "./measures.ts";

/** What the designs of `rows` have at `slots`; one whose row is not there yet is left out. */
export const valuesAt = (
  rows: ReadonlyMap<VariantId, readonly PricedRow[]>,
  measure: MeasureId,
  slots: number,
): ReadValue[] =>
  [...rows].flatMap(([variant, own]) => {
    const row = own.find((one) => one.slots === slots);
    return row === undefined ? [] : [{ variant, value: MEASURES[measure](row).ns, bound: row.bound }];
  });
