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
  // A recording of the viewer's stands there as long as it is shown.
  const isOwn = useShown(({ loaded }) => loaded !== null && loaded.capture?.of.view.builtIn === false);
  const options =
    isOwn && !OPTIONS.some(({ value }) => value === name)
      ? [...OPTIONS, { value: name, text: name }]
      : OPTIONS;
  return (
    <div className={styles.picker}>
      <Select label="Scenario" options={options} value={name} onChange={(next) => void lab.choose(next)} />
    </div>
  );
});
