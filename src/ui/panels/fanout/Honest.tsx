// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import { Button } from "../../widgets/Button.tsx";
import styles from "./Honest.module.css";

/** The cases in which the xarray saves nothing, a click away. */
export const Honest = memo(function Honest({ set }: { set: (change: Partial<FanoutSettings>) => void }) {
  return (
    <div className={styles.honest}>
      <h3>Where nothing is saved</h3>
      <div>
        <Button onClick={() => set({ hole: { pages: 1 }, read: 4, y: "ns" })}>Few memslots</Button>
        <Button onClick={() => set({ hole: { share: 1 }, read: 4096, y: "ns" })}>
          A hole over every one
        </Button>
      </div>
    </div>
  );
});
