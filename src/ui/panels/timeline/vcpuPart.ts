// SPDX-License-Identifier: GPL-2.0-only
import { onDemand } from "../../widgets/onDemand.ts";

/** The lanes of vCPUs. The opening page has none. */
export const vcpuPart = onDemand(() => import("../../scene/timelineVcpuLanes.ts"));
