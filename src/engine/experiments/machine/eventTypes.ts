// SPDX-License-Identifier: GPL-2.0-only
// The names of all events, for whoever has to know whether a choice waits for one that exists.

import type { LabEventType } from "./events.ts";

/** All event types. A choice that waits for another one could never be fulfilled. */
export const EVENT_TYPES = Object.keys({
  "bind.entered": 0,
  "bind.refused": 0,
  "bracket.begun": 0,
  "bracket.ended": 0,
  "fallocate.entered": 0,
  "grace.elapsed": 0,
  "guest.mapped": 0,
  "guest.refused": 0,
  "list.read": 0,
  "lock.released": 0,
  "lock.taken": 0,
  "lock.waited": 0,
  "notifier.bound": 0,
  "notifier.end": 0,
  "notifier.registered": 0,
  "notifier.start": 0,
  "notifier.unbound": 0,
  "notifier.unregistered": 0,
  "operation.absent": 0,
  "operation.returned": 0,
  "pages.assumed": 0,
  "punch.begun": 0,
  "region.entered": 0,
  "shmem.allocated": 0,
  "shmem.punched": 0,
  "slot.freed": 0,
  "slot.invisible": 0,
  "slot.visible": 0,
  "spte.zapped": 0,
  "srcu.entered": 0,
  "srcu.left": 0,
  "tlb.flushed": 0,
  "unbind.entered": 0,
  "walk.begun": 0,
  "walk.ended": 0,
  "xarray.read": 0,
} satisfies Record<LabEventType, 0>) as readonly LabEventType[];
