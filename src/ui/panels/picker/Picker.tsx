// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { BUILT_IN_NAMES, TITLES } from "../../../engine/index.ts";
import { useLab, useShown } from "../../store/useLab.ts";
import { Select } from "../../widgets/Select.tsx";
import styles from "./Picker.module.css";

const OPTIONS = BUILT_IN_NAMES.map((name) => ({ value: name as string, text: TITLES[name] }));

/** The scenarios, by title; while one is on its way its name stands here already. */
export const Picker = memo(function Picker() {
  const lab = useLab();
  const name = useShown(({ loading, loaded }) => loading ?? loaded?.name ?? "");
  return (
    <div className={styles.picker}>
      <Select label="Scenario" options={OPTIONS} value={name} onChange={(next) => void lab.choose(next)} />
    </div>
  );
});
