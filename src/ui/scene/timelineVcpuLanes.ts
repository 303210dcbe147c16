// SPDX-License-Identifier: GPL-2.0-only
// All that the timeline needs for the lanes of vCPUs, in one place: a part of its own, fetched with the first guest that runs.

export { drawVcpu, vcpuBaselines } from "./timelineVcpu.ts";
export { saysVcpu, saysVcpus } from "./timelineVcpuSays.ts";
export { vcpuTraces } from "./timelineVcpuTrace.ts";
export { writeHarm, writeVcpu } from "./timelineVcpuWords.ts";
