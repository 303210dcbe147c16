// SPDX-License-Identifier: GPL-2.0-only
// A counter with what it counts.

import { COUNTERS, type CounterId } from "../../engine/index.ts";
import { numberText } from "./number.ts";

/** `22 callbacks that had nothing to do` */
export const counterText = (id: CounterId, value: number): string => `${numberText(value)} ${COUNTERS[id]}`;
