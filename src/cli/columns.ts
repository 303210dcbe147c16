// SPDX-License-Identifier: GPL-2.0-only
// Rows as a terminal shows them: columns of one width, two spaces apart.

/** Lines of `rows`, which have as many cells each; the first and the last column stand left, those between right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = rows[0]?.map((_, column) => width(column)) ?? [];
  const cellOf = (cell: string, column: number) => {
    const room = widths[column] ?? 0;
    return column > 0 && column < widths.length - 1 ? cell.padStart(room) : cell.padEnd(room);
  };
  return rows.map((row) => row.map(cellOf).join("  ").trimEnd());
}
