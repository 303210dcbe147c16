// SPDX-License-Identifier: GPL-2.0-only

/** What draws and tells the lanes of vCPUs; fetched with the first guest that runs. */
export type VcpuLanes = typeof import("./timelineVcpuLanes.ts");
