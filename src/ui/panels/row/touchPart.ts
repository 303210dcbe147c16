// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../../widgets/onDemand.ts";

/** What answers to pointer and keys in the rows. The opening page is drawn without it. */
export const touchPart = onDemand(() => import("./touching.ts"));
