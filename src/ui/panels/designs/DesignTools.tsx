// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { useLab, useShown } from "../../store/useLab.ts";
import { variantName } from "../../text/index.ts";
import { IconButton } from "../../widgets/IconButton.tsx";
import { ExpandIcon, ShrinkIcon, SwapIcon } from "../../widgets/icons.tsx";
import styles from "./DesignTools.module.css";

/** At the end of a panel's head: changes places with the other design, or stands alone. */
export const DesignTools = memo(function DesignTools({ design }: { design: 0 | 1 }) {
  const lab = useLab();
  const loaded = useShown((state) => state.loaded);
  if (loaded === null) return null;
  const [upper, lower] = loaded.plays;
  return (
    <div className={styles.tools}>
      {loaded.only !== null ? (
        <IconButton
          label="Show both designs"
          icon={<ShrinkIcon />}
          keys="1"
          onClick={() => lab.setOnly(null)}
        />
      ) : (
        <>
          <IconButton
            label={design === 0 ? "Move down: swap the designs" : "Move up: swap the designs"}
            icon={<SwapIcon />}
            keys="s"
            onClick={() => void lab.setDesigns([lower.variant, upper.variant])}
          />
          <IconButton
            label={`Show ${variantName(loaded.plays[design].variant)} alone`}
            icon={<ExpandIcon />}
            keys={design === 0 ? "2" : "3"}
            onClick={() => lab.setOnly(design)}
          />
        </>
      )}
    </div>
  );
});
