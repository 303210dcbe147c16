// SPDX-License-Identifier: GPL-2.0-only

import { pricesText, sourcesText } from "../../text/fanout/caseTexts.ts";
import { holeText } from "../../text/fanout/names.ts";
import type { FigureId, FanoutSettings } from "./settings.ts";
import type { Cell } from "./tables.ts";

/** What every line of a figure's CSV file says beside its cells: what it is of, and from where. */
export function aboutCells(id: FigureId, settings: FanoutSettings): Readonly<Record<string, Cell>> {
  const { read, slot, align, hole, vms, vcpus, walks, prices } = settings;
  const priced = {
    vCPUs: vcpus,
    "walks priced for": walks,
    "prices set": pricesText(prices),
    sources: sourcesText(walks),
  };
  switch (id) {
    case "predicted":
      return {};
    case "vm":
      return priced;
    case "small":
      return { "slot pages": slot, VMs: vms, ...priced };
    case "chart":
      return { "slot pages": slot, alignment: align, "hole set": holeText(hole), VMs: vms, ...priced };
    case "parts":
      return {
        memslots: read,
        "slot pages": slot,
        alignment: align,
        "hole set": holeText(hole),
        VMs: vms,
        ...priced,
      };
  }
}
