// SPDX-License-Identifier: GPL-2.0-only
import { memo, useMemo } from "react";
import { bindCost, treeOf } from "../../../engine/index.ts";
import { bindTable } from "../../scene/fanout/bindTable.ts";
import { caseOf, type FanoutSettings } from "../../scene/fanout/settings.ts";
import { bindsText } from "../../text/fanout/sentences.ts";
import { DataTable } from "./DataTable.tsx";
import section from "./Section.module.css";

/** What it costs that memslots come and go. */
export const Binds = memo(function Binds({ settings }: { settings: FanoutSettings }) {
  const { read, prices } = settings;
  const table = useMemo(() => bindTable(settings), [settings]);
  const { unbindLockedNs } = bindCost("review", treeOf(caseOf(settings)), read, prices);
  return (
    <section className={section.section} aria-label="Binding and unbinding">
      <h2>Memslots that come and go</h2>
      <p className={section.note}>{bindsText(read, unbindLockedNs)}</p>
      <DataTable table={table} />
    </section>
  );
});
