// SPDX-License-Identifier: GPL-2.0-only
import { type ReactNode, useState } from "react";
import type { Picture } from "../../scene/fanout/marks.ts";
import { type Table, tableCsv } from "../../scene/fanout/tables.ts";
import { Button } from "../../widgets/Button.tsx";
import { Toolbar } from "../../widgets/Toolbar.tsx";
import { DataTable } from "./DataTable.tsx";
import styles from "./Figure.module.css";
import { saveCsv, savePng, saveSvg } from "./pictureFiles.ts";

interface FigureProps {
  /** What it shows, in a few words. */
  title: string;
  /** Its files' name. */
  name: string;
  /** Null until there is one, or where there are several. */
  picture: Picture | null;
  table: Table;
  /** The text of the CSV file; as usual that of the table. */
  csv?: () => string;
  children: ReactNode;
}

/** A chart with the table behind it, and both as files. */
export function Figure({ title, name, picture, table, csv, children }: FigureProps) {
  const [isTable, setTable] = useState(false);
  return (
    <>
      {children}
      <Toolbar label={`${title}: table and files`} className={styles.tools}>
        <Button pressed={isTable} onClick={() => setTable(!isTable)}>
          As a table
        </Button>
        <Button onClick={() => saveCsv(name, csv?.() ?? tableCsv(table))}>CSV</Button>
        {picture === null ? null : (
          <>
            <Button onClick={() => saveSvg(name, picture, title)}>SVG</Button>
            <Button onClick={() => savePng(name, picture)}>PNG</Button>
          </>
        )}
      </Toolbar>
      {isTable ? <DataTable table={table} /> : null}
    </>
  );
}
