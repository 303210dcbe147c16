// SPDX-License-Identifier: GPL-2.0-only
// What a place names that is not there. Fetched with the first link that names more than a scenario.

import { knownObject } from "../scene/objectKnown.ts";
import { listText } from "../text/number.ts";
import type { Moment } from "./clock.ts";
import type { Loaded } from "./labState.ts";
import type { Place } from "./place.ts";
import { momentIn } from "./placeShown.ts";

/** What is wrong with `place` now that its scenario is there, or null. */
export function troubleWith({ at, file, pinned, only }: Place, loaded: Loaded): string | null {
  const { name, scenario, plays } = loaded;
  const variants = plays.map(({ variant }) => variant);
  if (only !== null && !variants.includes(only))
    return `The link shows ${only} alone; ${name} is shown under ${listText(variants)}.`;
  const moment = at === null ? null : momentTrouble(at, loaded);
  if (moment !== null) return moment;
  if (file !== null && !scenario.files.has(file)) return `The scenario ${name} has no file ${file}.`;
  return pinned !== null && plays.every((each) => knownObject(each, pinned) === null)
    ? `The link pins ${pinned}, which the scenario ${name} does not have.`
    : null;
}

function momentTrouble(at: Moment, { name, clock, capture }: Loaded): string | null {
  const { operation, step } = momentIn({ capture }, at);
  const operations = clock.begins.length - 1;
  const count = Math.max(capture?.of.view.columns.kind.length ?? 0, (capture?.from ?? 0) + operations);
  const named = at.operation + 1;
  if (operation < 0 || operation >= operations)
    return `The link names operation ${named}; ${name} has ${count} of them as it is shown here.`;
  const length = (clock.begins[operation + 1] ?? 0) - (clock.begins[operation] ?? 0);
  return step > length
    ? `The link names step ${step} of operation ${named}, which has ${length} in ${name}.`
    : null;
}
