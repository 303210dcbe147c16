// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../widgets/onDemand.ts";

/** The fan-out view, fetched when it is shown for the first time. */
export const fanoutPart = onDemand(() => import("./Fanout.tsx"));
