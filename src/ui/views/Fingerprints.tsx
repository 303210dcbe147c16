// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { useShown } from "../store/useLab.ts";
import { storeOf, variantName } from "../text/index.ts";
import styles from "./Fingerprints.module.css";

/** The hash of each design's events: the command line prints the same one for the same run. */
export const Fingerprints = memo(function Fingerprints() {
  const loaded = useShown((state) => state.loaded);
  const hashes = useShown((state) => state.hashes);
  if (loaded === null) return null;
  return (
    <dl className={styles.hashes} aria-label="Hash of the events">
      {loaded.plays.map(({ variant }, design) => (
        <div key={variant}>
          <dt data-hue={storeOf(variant)}>{variantName(variant)} events</dt>
          <dd className="mono" data-testid={`hash-${variant}`}>
            {hashes?.[design] ?? "…"}
          </dd>
        </div>
      ))}
    </dl>
  );
});
