// SPDX-License-Identifier: GPL-2.0-only
// The lanes of the overview from top to bottom, in pixels.

export const PUNCHES_TOP = 5;
export const PUNCHES = 72;
export const CALLS_TOP = PUNCHES_TOP + PUNCHES + 8;
export const CALLS = 44;
export const TICKS_TOP = CALLS_TOP + CALLS;
export const HEIGHT = TICKS_TOP + 18;
