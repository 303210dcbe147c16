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
  // What is no built-in, a recording of the viewer's or a point of the fan-out view, stands there as long as it is shown.
  const own = useShown(({ loaded }) => (loaded?.capture === null ? loaded.scenario.document.title : name));
  const options =
    name === "" || OPTIONS.some(({ value }) => value === name)
      ? OPTIONS
      : [...OPTIONS, { value: name, text: own }];
  return (
    <div className={styles.picker}>
      <Select label="Scenario" options={options} value={name} onChange={(next) => void lab.choose(next)} />
    </div>
  );
});
