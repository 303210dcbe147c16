// SPDX-License-Identifier: GPL-2.0-only
// Every figure that has a limit. A new one is one more entry.
import { commandTime, type Measure } from "./measure.ts";

export const MEASURES: readonly Measure[] = [
  {
    name: "lab run t-a-4096 --json, the whole command",
    unit: "ms",
    limit: 1000,
    take: () => commandTime("npm", ["run", "-s", "lab", "--", "run", "t-a-4096", "--json"]),
  },
];
