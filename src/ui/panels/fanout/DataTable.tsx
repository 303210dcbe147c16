// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo, useState } from "react";
import { cellText, sortedRows, type Table } from "../../scene/fanout/tables.ts";
import styles from "./DataTable.module.css";

/** A table whose columns sort it: a press on a heading, and another one turns it round. */
export const DataTable = memo(function DataTable({ table }: { table: Table }) {
  const [sort, setSort] = useState<{ column: number; isFalling: boolean } | null>(null);
  const rows = useMemo(
    () => (sort === null ? table.rows : sortedRows(table, sort.column, sort.isFalling)),
    [table, sort],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={`Table: ${table.caption}`}>
      <table className={styles.table}>
        <caption className="spoken">{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map(({ title }, column) => {
              const isSorted = sort?.column === column;
              const isFalling = isSorted && sort.isFalling;
              return (
                <th
                  key={title}
                  scope="col"
                  data-number={typeof table.rows[0]?.[column] === "number" || undefined}
                  aria-sort={isSorted ? (isFalling ? "descending" : "ascending") : "none"}
                >
                  <button
                    type="button"
                    onClick={() => setSort({ column, isFalling: isSorted && !isFalling })}
                  >
                    {title}
                    <span aria-hidden="true">{isSorted ? (isFalling ? " ▼" : " ▲") : ""}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells.join()}>
              {cells.map((cell, k) => {
                const column = table.columns[k] ?? { title: "" };
                const props = { key: column.title, "data-number": typeof cell === "number" || undefined };
                const { key, ...rest } = props;
                return k === 0 ? (
                  <th key={key} scope="row" {...rest}>
                    {cellText(column, cell)}
                  </th>
                ) : (
                  <td key={key} {...rest}>
                    {cellText(column, cell)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});
