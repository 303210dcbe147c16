// SPDX-License-Identifier: GPL-2.0-only
// The numbers of memslots that a sweep goes through.

/** KVM's limit of a VM on x86 (KVM_USER_MEM_SLOTS). What lies beyond is a projection. */
export const STEPPED_MAX = 32_764;

/** As far as a projection goes. */
export const SLOTS_MAX = 2 ** 20;

/** Sizes from `min` to `max`, both among them: two to each doubling, and beyond KVM's limit one to each. */
export function sweepSizes(min = 1, max = STEPPED_MAX): number[] {
  const sizes = new Set<number>([min, max]);
  for (let size = 1; size <= SLOTS_MAX; size *= 2) {
    sizes.add(size === 2 ** 15 ? STEPPED_MAX : size);
    if (size >= 2 && size * 1.5 <= STEPPED_MAX) sizes.add(size * 1.5);
  }
  return [...sizes].filter((size) => size >= min && size <= max).sort((a, b) => a - b);
}
