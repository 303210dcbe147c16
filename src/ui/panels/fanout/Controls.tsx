// SPDX-License-Identifier: GPL-2.0-only
import { memo, type ReactNode } from "react";
import { ALIGNMENTS, SLOTS_MAX, STEPPED_MAX, WALK_BASES } from "../../../engine/index.ts";
import type { FanoutSettings } from "../../scene/fanout/settings.ts";
import {
  HOLE_STOPS,
  holeStopOf,
  SLOT_STOPS,
  stopOf,
  VCPU_STOPS,
  VMS_STOPS,
} from "../../scene/fanout/stops.ts";
import { pagesText } from "../../text/fanout/amounts.ts";
import { ALIGNMENT_TEXTS, holeText, WALK_TEXTS } from "../../text/fanout/names.ts";
import { countText, numberText } from "../../text/number.ts";
import { Slider } from "../../widgets/Slider.tsx";
import styles from "./Controls.module.css";

interface ControlsProps {
  settings: FanoutSettings;
  set: (change: Partial<FanoutSettings>) => void;
}

/** What is punched, where, and at what prices. */
export const Controls = memo(function Controls({ settings, set }: ControlsProps) {
  const { slot, align, hole, vms, vcpus, walks, upto } = settings;
  return (
    <section className={styles.controls} aria-label="What is punched">
      <Stops
        label="Hole"
        text={holeText(hole)}
        value={holeStopOf(hole)}
        stops={HOLE_STOPS}
        onStop={(next) => set({ hole: next })}
      />
      <Stops
        label="Memslot"
        text={pagesText(slot)}
        value={stopOf(SLOT_STOPS, slot)}
        stops={SLOT_STOPS}
        onStop={(next) => set({ slot: next })}
      />
      <Stops
        label="VMs that share the file"
        text={countText(vms, "VM")}
        value={stopOf(VMS_STOPS, vms)}
        stops={VMS_STOPS}
        onStop={(next) => set({ vms: next })}
      />
      <Stops
        label="vCPUs of each"
        text={countText(vcpus, "vCPU")}
        value={stopOf(VCPU_STOPS, vcpus)}
        stops={VCPU_STOPS}
        onStop={(next) => set({ vcpus: next })}
      />
      <Choice
        label="Memslots lie"
        options={ALIGNMENTS.map((value) => ({ value, text: ALIGNMENT_TEXTS[value] }))}
        value={align}
        onChoose={(next) => set({ align: next })}
      />
      <Choice
        label="Walks are priced for"
        options={WALK_BASES.map((value) => ({ value, text: WALK_TEXTS[value] }))}
        value={walks}
        onChoose={(next) => set({ walks: next })}
      />
      <Choice
        label="Up to"
        options={[STEPPED_MAX, SLOTS_MAX].map((value) => ({
          value,
          text: `${numberText(value)}${value === STEPPED_MAX ? " (KVM)" : ""}`,
        }))}
        value={upto}
        onChoose={(next) => set({ upto: next })}
      />
    </section>
  );
});

interface StopsProps<T> {
  label: string;
  text: string;
  /** An index into `stops`. */
  value: number;
  stops: readonly T[];
  onStop: (stop: T) => void;
}

function Stops<T>({ label, text, value, stops, onStop }: StopsProps<T>) {
  const go = (to: number) => onStop(stops[Math.min(stops.length - 1, Math.max(0, to))] as T);
  return (
    <div className={styles.control}>
      <p>
        <span className={styles.label}>{label}</span> <b>{text}</b>
      </p>
      <Slider
        label={label}
        value={value}
        max={stops.length - 1}
        valueText={text}
        onChange={go}
        onPage={(by) => go(value + 4 * by)}
      />
    </div>
  );
}

interface ChoiceProps<T> {
  label: string;
  options: readonly { readonly value: T; readonly text: string }[];
  value: T;
  onChoose: (value: T) => void;
}

/** One of a few, all of them in sight. */
export function Choice<T extends string | number>({
  label,
  options,
  value,
  onChoose,
}: ChoiceProps<T>): ReactNode {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={label}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
