// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../../widgets/onDemand.ts";

/** The glossary and what shows it, fetched once the page stands: nothing of it is seen before. */
export const wordsPart = onDemand(() => import("./words.ts"));
