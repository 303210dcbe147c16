// SPDX-License-Identifier: GPL-2.0-only
import type { VariantId } from "../../../engine/index.ts";
import type { Both } from "../../store/clock.ts";

/** `shown` with `id` in the upper (0) or lower place (1): the two change places where the other one is `id`. */
export function withDesign(shown: Both<VariantId>, place: 0 | 1, id: VariantId): Both<VariantId> {
  const other = shown[place === 0 ? 1 : 0];
  const own = shown[place];
  const beside = other === id ? own : other;
  return place === 0 ? [id, beside] : [beside, id];
}
