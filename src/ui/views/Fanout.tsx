// SPDX-License-Identifier: GPL-2.0-only
import { useCallback } from "react";
import type { SetPrices } from "../../engine/index.ts";
import { Bench } from "../panels/fanout/Bench.tsx";
import { Binds } from "../panels/fanout/Binds.tsx";
import { Chart } from "../panels/fanout/Chart.tsx";
import { Controls } from "../panels/fanout/Controls.tsx";
import { Headline } from "../panels/fanout/Headline.tsx";
import { Honest } from "../panels/fanout/Honest.tsx";
import { Lines } from "../panels/fanout/Lines.tsx";
import { OpenInLab } from "../panels/fanout/OpenInLab.tsx";
import { Parts } from "../panels/fanout/Parts.tsx";
import { Prices } from "../panels/fanout/Prices.tsx";
import { Predicted } from "../panels/fanout/Predicted.tsx";
import { Smalls } from "../panels/fanout/Smalls.tsx";
import { useOwnWalks } from "../panels/fanout/useOwnWalks.ts";
import { Status } from "../panels/fanout/Status.tsx";
import { useFanout } from "../panels/fanout/useFanout.ts";
import { YourVm } from "../panels/fanout/YourVm.tsx";
import { evenText, flushText, walksText } from "../text/fanout/sentences.ts";
import styles from "./Fanout.module.css";

/** What one punch costs each design, from one memslot to KVM's limit and beyond. */
export function Fanout() {
  const data = useFanout();
  const { settings, set, rows, evens, wanted, pricing } = data;
  const [timed, time] = useOwnWalks(wanted);
  const setRead = useCallback((read: number) => set({ read }), [set]);
  const setPrices = useCallback((prices: SetPrices) => set({ prices }), [set]);
  return (
    <main className={styles.fanout} data-view="fanout">
      <div className={styles.first}>
        <section className={styles.chart} aria-label="Chart">
          <div className={styles.head}>
            <h2 className={styles.title}>What one punch costs, by the number of memslots</h2>
            <Lines settings={settings} set={set} />
          </div>
          <Chart {...data} own={timed.walks} />
          <Status {...data} />
          <Bench timed={timed} onRun={time} />
          <div className={styles.says}>
            <p>{evenText(evens, settings.walks, settings.prices)}</p>
            <p>{flushText(evens, settings.walks, settings.prices)}</p>
            <p>{walksText(settings.walks, settings.prices)}</p>
          </div>
        </section>
        <aside className={styles.rail} aria-label="Reading and settings">
          <Headline settings={settings} onRead={setRead} rows={rows} />
          <Controls settings={settings} set={set} />
          <Honest set={set} />
          <OpenInLab settings={settings} />
        </aside>
      </div>
      <Parts rows={rows} read={settings.read} />
      <Smalls settings={settings} pricing={pricing} set={set} />
      <YourVm pricing={pricing} />
      <Prices walks={settings.walks} prices={settings.prices} onPrices={setPrices} />
      <Binds settings={settings} />
      <Predicted />
    </main>
  );
}
