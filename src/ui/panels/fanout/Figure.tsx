// SPDX-License-Identifier: GPL-2.0-only
import type { ReactNode } from "react";
import { aboutCells } from "../../scene/fanout/aboutCells.ts";
import { headed } from "../../scene/fanout/headed.ts";
import type { Picture } from "../../scene/fanout/marks.ts";
import { FIGURE_IDS, type FigureId } from "../../scene/fanout/settings.ts";
import { type Table, tableCsv } from "../../scene/fanout/tables.ts";
import { caseTexts } from "../../text/fanout/caseTexts.ts";
import { Button } from "../../widgets/Button.tsx";
import { Toolbar } from "../../widgets/Toolbar.tsx";
import { DataTable } from "./DataTable.tsx";
import styles from "./Figure.module.css";
import { saveCsv, savePng, saveSvg } from "./pictureFiles.ts";
import { useSettings } from "./useFanout.ts";

interface FigureProps {
  /** What it shows, in a few words. */
  title: string;
  id: FigureId;
  /** Null until there is one. */
  picture: (() => Picture) | null;
  table: Table;
  /** What is to be said of it in its files; as usual the case that is set, and where its prices come from. */
  about?: readonly string[];
  /** The text of the CSV file; as usual that of the table. */
  csv?: () => string;
  children: ReactNode;
}

const FILE_NAMES: Readonly<Record<FigureId, string>> = {
  chart: "fan-out",
  parts: "fan-out-parts",
  small: "fan-out-small",
  vm: "fan-out-vm",
  predicted: "fan-out-predicted",
};

/** A chart with the table behind it, and both as files. */
export function Figure({ title, id, picture, table, about, csv, children }: FigureProps) {
  const [settings, set] = useSettings();
  const { tables } = settings;
  const isTable = tables.includes(id);
  const toggle = () =>
    set({ tables: FIGURE_IDS.filter((one) => (one === id ? !isTable : tables.includes(one))) });
  const name = FILE_NAMES[id];
  const file = (drawn: () => Picture) => headed(drawn(), title, about ?? caseTexts(settings));
  return (
    <>
      {children}
      <Toolbar label={`${title}: table and files`} className={styles.tools}>
        <Button pressed={isTable} onClick={toggle}>
          As a table
        </Button>
        <Button onClick={() => saveCsv(name, csv?.() ?? tableCsv(table, aboutCells(id, settings)))}>
          CSV
        </Button>
        {picture === null ? null : (
          <>
            <Button onClick={() => saveSvg(name, file(picture))}>SVG</Button>
            <Button onClick={() => savePng(name, file(picture))}>PNG</Button>
          </>
        )}
      </Toolbar>
      {isTable ? <DataTable table={table} /> : null}
    </>
  );
}
