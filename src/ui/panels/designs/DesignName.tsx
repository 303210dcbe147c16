// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { VARIANTS, type VariantId } from "../../../engine/index.ts";
import { variantName } from "../../text/index.ts";
import { DownIcon } from "../../widgets/icons.tsx";
import styles from "./DesignName.module.css";

interface DesignNameProps {
  variant: VariantId;
  /** Where the design stands. */
  place: 0 | 1;
  /** Of the name as it is seen: the panel is called by it. */
  id: string;
  onChoose: (variant: VariantId) => void;
}

/** A panel's name, and with it the choice of the design that stands there. */
export const DesignName = memo(function DesignName({ variant, place, id, onChoose }: DesignNameProps) {
  return (
    <div className={styles.frame}>
      <h2 id={id} className={styles.name}>
        {variantName(variant)}
      </h2>
      <DownIcon />
      {/* Over the name and not seen itself: it would be as wide as its longest entry. */}
      <select
        className={styles.select}
        aria-label={place === 0 ? "Upper design" : "Lower design"}
        value={variant}
        onChange={(event) => {
          const chosen = VARIANTS.find((known) => known === event.currentTarget.value);
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {VARIANTS.map((known) => (
          <option key={known} value={known}>
            {variantName(known)}
          </option>
        ))}
      </select>
    </div>
  );
});
