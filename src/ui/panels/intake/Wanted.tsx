// SPDX-License-Identifier: GPL-2.0-only
import { useLab, useShown } from "../../store/useLab.ts";
import { Button } from "../../widgets/Button.tsx";
import styles from "./Intake.module.css";

/** Asks for the log that a link leads into. */
export function Wanted({ onChoose }: { onChoose: () => void }) {
  const { want } = useLab();
  const name = useShown((state) => state.wanted?.recording?.name ?? null);
  if (name === null) return null;
  return (
    <p className={styles.wanted} role="alert">
      <span>
        This link leads into the log <b>{name}</b>, which a link cannot hold. Drop that file here, or choose
        it.
      </span>
      <Button onClick={onChoose}>Choose it</Button>
      <Button onClick={() => want(null)}>Dismiss</Button>
    </p>
  );
}
