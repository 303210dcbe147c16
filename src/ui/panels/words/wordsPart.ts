// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../../widgets/onDemand.ts";

/** The glossary and what shows it, fetched once somebody uses the page or looks at it: nothing of it is needed to see it. */
export const wordsPart = onDemand(() => import("./words.ts"));
