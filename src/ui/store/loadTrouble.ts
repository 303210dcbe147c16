// SPDX-License-Identifier: GPL-2.0-only

/** A scenario cannot be shown. The message is for the viewer: what went wrong, and what to do. */
export class LoadTrouble extends Error {
  override name = "LoadTrouble";
}
