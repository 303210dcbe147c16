// SPDX-License-Identifier: GPL-2.0-only
// A point of the chart as a scenario of the lab: its name says all of it, so that a link to it needs nothing else.

import { ALIGNMENTS, pointDocument, type ScenarioDocument } from "../../../engine/index.ts";
import { labTrouble } from "../../text/fanout/labTrouble.ts";
import { countText } from "../../text/number.ts";
import { caseOf, FANOUT_FIELDS, type FanoutSettings, USUAL } from "./settings.ts";

const PREFIX = "point";

/** The name of the point that is read: `point_4096_512_aligned_1_1`, of slots, their pages, how they lie, hole, VMs. */
export const pointName = ({ read, slot, align, hole, vms }: FanoutSettings): string =>
  [PREFIX, read, slot, align, "share" in hole ? `${hole.share}x` : hole.pages, vms].join("_");

/** The scenario of that name; null where it names no point, or one that the lab does not play. */
export function pointOf(name: string): ScenarioDocument | null {
  const [prefix, slots = "", pages = "", lie, hit = "", machines = "", ...more] = name.split("_");
  const align = ALIGNMENTS.find((one) => one === lie);
  const { read, slot, hole, vms } = FANOUT_FIELDS;
  const parts = [read.read(slots), slot.read(pages), hole.read(hit), vms.read(machines)];
  if (prefix !== PREFIX || align === undefined || more.length > 0 || parts.includes(null)) return null;
  const settings: FanoutSettings = Object.assign({ ...USUAL, align }, ...parts);
  if (labTrouble(settings.read, settings.slot, settings.hole) !== null) return null;
  return pointDocument(
    caseOf(settings),
    settings.read,
    `One punch over ${countText(settings.read, "memslot")}`,
  );
}
