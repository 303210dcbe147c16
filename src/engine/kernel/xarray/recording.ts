// SPDX-License-Identifier: GPL-2.0-only
// Recordings of the C code: a header line, then one line per op with everything the op answered and left.

import { type Parsed, quote, wrong, type XaOp, xaOpOf } from "./op.ts";

const FORMAT = "xarray-oracle-1";

/** Longest line that is read, in characters. */
const LINE_MAX = 1_000_000;

export interface XaRecording {
  readonly name: string;
  /** Op lines, as many as the header promises. */
  readonly ops: number;
  /** Why the recording is left out, or null: then `lines` holds it. */
  readonly needs: string | null;
  readonly lines: readonly XaRecordedLine[];
}

export interface XaRecordedLine {
  readonly op: XaOp;
  /** Every field as recorded. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** The text of a recording, unpacked. On a wrong line: its number, from 1, and what belongs there. */
export function parseRecording(text: string): Parsed<XaRecording> {
  const rows = text.split("\n");
  if (rows.at(-1) === "") rows.pop();
  const header = headerOf(rows[0] ?? "");
  if (!header.ok) return wrong(`line 1: ${header.why}`);
  const { name, ops, needs } = header.value;
  if (rows.length - 1 !== ops) {
    return wrong(
      `${rows.length - 1} op lines, the header says ${ops}; take an unshortened copy of the recording`,
    );
  }
  if (needs !== null) return { ok: true, value: { name, ops, needs, lines: [] } };

  const lines: XaRecordedLine[] = [];
  for (const [at, row] of rows.entries()) {
    if (at === 0) continue;
    const recorded = objectOf(row);
    if (recorded === null) {
      return wrong(`line ${at + 1}: expected an op, one JSON object of at most ${LINE_MAX} characters`);
    }
    const op = xaOpOf(recorded.op, recorded.a);
    if (!op.ok) return wrong(`line ${at + 1}: ${op.why}`);
    lines.push({ op: op.value, recorded });
  }
  return { ok: true, value: { name, ops, needs, lines } };
}

function headerOf(row: string): Parsed<Pick<XaRecording, "name" | "ops" | "needs">> {
  const header = objectOf(row);
  if (header?.format !== FORMAT) {
    return wrong(
      `expected the header of a recording, {"format":"${FORMAT}",...}; a recording starts with one`,
    );
  }
  const { name, ops, index_bits: bits, nomem } = header;
  if (typeof name !== "string") return wrong(`name is ${quote(name)}; write the name of the recording`);
  if (typeof ops !== "number" || !Number.isInteger(ops) || ops < 0) {
    return wrong(`ops is ${quote(ops)}; write the number of op lines`);
  }
  if (typeof nomem !== "boolean") return wrong(`nomem is ${quote(nomem)}; write true or false`);
  if (bits !== 51 && bits !== 64) return wrong(`index_bits is ${quote(bits)}; write 51 or 64`);
  return {
    ok: true,
    value: { name, ops, needs: bits === 64 ? "indices above 2^51-1 are not modelled" : null },
  };
}

function objectOf(row: string): Record<string, unknown> | null {
  if (row.length > LINE_MAX) return null;
  try {
    const value: unknown = JSON.parse(row);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
