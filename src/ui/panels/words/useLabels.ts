// SPDX-License-Identifier: GPL-2.0-only
// The names of rows, lanes and figures say what they mean where the pointer is on them. By key the help has all words.

import { type HTMLAttributes, type PointerEvent, useMemo } from "react";
import type { VariantId } from "../../../engine/index.ts";
import type { Lab } from "../../store/lab.ts";
import { useLab } from "../../store/useLab.ts";
import { storeOf } from "../../text/variant.ts";
import { isWord, litWord } from "./lit.ts";
import { wordsPart } from "./wordsPart.ts";

/** Names beside a row or a lane, and of figures. */
const LABELS = '[data-look="label"], dt, p[data-kind]';

/** What the element around all rows listens to. */
export function useLabels(): HTMLAttributes<HTMLElement> {
  const lab = useLab();
  return useMemo(
    () => ({
      onPointerOver({ target }: PointerEvent) {
        const label = (target as Element).closest(LABELS);
        const part = wordsPart.get();
        const term =
          label === null || part.state !== "ready" ? null : part.value.termOfLabel(label.textContent ?? "");
        const variant = label === null ? null : variantAt(lab, label);
        if (term !== null && variant !== null) lab.light(litWord(variant, term.name));
      },
      onPointerOut({ target }: PointerEvent) {
        if ((target as Element).closest(LABELS) !== null && isWord(lab.store.getState().lit)) lab.light(null);
      },
    }),
    [lab],
  );
}

/** The design that a label is of, by the hue around it; what is of both is of the one that is seen first. */
function variantAt({ store }: Lab, label: Element): VariantId | null {
  const { loaded } = store.getState();
  if (loaded === null) return null;
  const shown = loaded.plays.filter((_, k) => loaded.only === null || loaded.only === k);
  const hue = label.closest<HTMLElement>("[data-hue]")?.dataset.hue;
  const { variant } = shown.find((play) => storeOf(play.variant) === hue) ?? shown[0] ?? loaded.plays[0];
  return variant;
}
