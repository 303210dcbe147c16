// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../../widgets/onDemand.ts";

/** The life of a page, fetched when one is picked for the first time. */
export const lifePart = onDemand(() => import("./Life.tsx"));
