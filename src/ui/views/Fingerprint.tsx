// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { useShown } from "../store/useLab.ts";
import { variantName } from "../text/index.ts";
import styles from "./Fingerprint.module.css";

/** The hash of a design's events: the command line prints the same one for the same run. */
export const Fingerprint = memo(function Fingerprint({ place }: { place: 0 | 1 }) {
  const loaded = useShown((state) => state.loaded);
  const hashes = useShown((state) => state.hashes);
  if (loaded === null) return null;
  const { variant } = loaded.plays[place];
  return (
    <p className={styles.hash} title={`The hash of all events under ${variantName(variant)}`}>
      events <code data-testid={`hash-${variant}`}>{hashes?.[place] ?? "…"}</code>
    </p>
  );
});
