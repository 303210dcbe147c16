// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../../widgets/onDemand.ts";

/** What is seen of guests that run. The opening page has none. */
export const guestPart = onDemand(() => import("./GuestRows.tsx"));
