// SPDX-License-Identifier: GPL-2.0-only

/** What the looks of the fan-out chart mean. */
export const KEY_TEXTS = {
  dot: "measured walk, the rest from the model",
  live: "live kernel (guest_memfd): whole punch, nothing mapped",
  own: "this computer, this page's own code",
  band: "range of measurements and of assumed prices",
  hatched: "range of the assumed prices",
  dashed: "beyond what was measured",
  posted: "as posted: half of the memslots refused",
  beyond: "beyond KVM's limit: computed",
} as const;
