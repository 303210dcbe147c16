// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import type { Frame } from "../../scene/frame.ts";
import { storeOf, variantName } from "../../text/index.ts";
import { Demanded } from "../../widgets/Demanded.tsx";
import { onDemand } from "../../widgets/onDemand.ts";
import styles from "./Code.module.css";

/** The pane and the texts that it shows: more than the rest of the page may wait for. */
const pane = onDemand(() => import("./CodePane.tsx"));

/** The source of the path that a design runs: the line of its last step, and the calls that were open in it. */
export const Code = memo(function Code({ frame }: { frame: Frame }) {
  const { variant } = frame.play;
  return (
    <section
      className={styles.code}
      data-tone={storeOf(variant)}
      aria-label={`Code of ${variantName(variant)}`}
    >
      <Demanded part={pane} what="source">
        {({ CodePane }) => <CodePane frame={frame} />}
      </Demanded>
    </section>
  );
});
