// SPDX-License-Identifier: GPL-2.0-only
import { memo, useSyncExternalStore } from "react";
import type { Frame } from "../../scene/frame.ts";
import { storeOf, variantName } from "../../text/index.ts";
import { Button } from "../../widgets/Button.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import styles from "./Code.module.css";

/** The pane and the texts that it shows: more than the rest of the page may wait for. */
const pane = onDemand(() => import("./CodePane.tsx"));

/** The source of the path that a design runs: the line of its last step, and the calls that were open in it. */
export const Code = memo(function Code({ frame }: { frame: Frame }) {
  const loaded = useSyncExternalStore(pane.subscribe, pane.get);
  const { variant } = frame.play;
  return (
    <section
      className={styles.code}
      data-tone={storeOf(variant)}
      aria-label={`Code of ${variantName(variant)}`}
    >
      {loaded.state === "ready" ? <loaded.value.CodePane frame={frame} /> : null}
      {loaded.state === "loading" ? <p className={styles.loading}>Loading the source.</p> : null}
      {loaded.state === "failed" ? (
        <div className={styles.failed} role="alert">
          <p>The source could not be loaded. See that the page is still being served. ({loaded.why})</p>
          <Button onClick={pane.retry}>Retry</Button>
        </div>
      ) : null}
    </section>
  );
});
