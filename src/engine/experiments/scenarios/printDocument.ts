// SPDX-License-Identifier: GPL-2.0-only
// A scenario document as text that people edit: one operation a line, so that a line can be taken out.

import type { OperationDocument, ScenarioDocument } from "./document.ts";

/** JSON of `document`, its fields in their own order, with a last line feed. Parsing it gives `document` again. */
export function printDocument(document: ScenarioDocument): string {
  const fields = Object.entries(document).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${printField(name, value)}`,
  );
  return `{\n${fields.join(",\n")}\n}\n`;
}

function printField(name: string, value: unknown): string {
  if (name === "setup") return printOperations(value as OperationDocument[], "  ");
  if (name === "tasks") {
    const tasks = Object.entries(value as ScenarioDocument["tasks"]).map(
      ([task, operations]) => `    ${JSON.stringify(task)}: ${printOperations(operations, "    ")}`,
    );
    return `{\n${tasks.join(",\n")}\n  }`;
  }
  return JSON.stringify(value);
}

function printOperations(operations: readonly OperationDocument[], indent: string): string {
  if (operations.length === 0) return "[]";
  const lines = operations.map((operation) => `${indent}  ${JSON.stringify(operation)}`);
  return `[\n${lines.join(",\n")}\n${indent}]`;
}
