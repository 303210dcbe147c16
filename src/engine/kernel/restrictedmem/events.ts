// SPDX-License-Identifier: GPL-2.0-only
// What the restrictedmem file tells, whichever design it has. File ranges are half-open.

import type { Errno } from "../../errno.ts";
import type { PageRange } from "../shmem/events.ts";

/** Which of the two walks of a punch: the one before the pages go, or the one after. */
export type Edge = "start" | "end";

/** What memfd_restricted() makes, in this order; `mapping` is what it asks of the inner file's pages. */
export type FilePart = "fd" | "inner" | "metadata" | "shim" | "mapping";

export type RestrictedmemEvent =
  | { type: "create.stepped"; file: string; part: FilePart; outcome: "made" | "failed" | "undone" }
  /** The file is there, of size 0, and `fd` leads to it. */
  | { type: "file.created"; file: string; fd: number }
  /** The last reference is gone: the file is no more. `freed`: the pages that were there; `mapped`: those of them that some leaf still maps, left out where none is. */
  | {
      type: "file.released";
      file: string;
      pages: number;
      freed: readonly PageRange[];
      mapped?: readonly PageRange[];
    }
  /** The inner i_size, in bytes: as it is now, and with what was asked for instead where that is refused. */
  | { type: "size.set"; file: string; size: bigint }
  | { type: "size.refused"; file: string; size: bigint; length: bigint }
  /** stat: bytes, blocks of 512 bytes, and whether tmpfs read its fields from an inode that is not its own (T-s). */
  | { type: "stat.answered"; file: string; size: bigint; blocks: number; wildRead: boolean }
  /** The superblock's inodes were looked through for the shim of a bad page, and those in use passed over: none is left. */
  | { type: "inodes.searched"; file: string; index: number; listed: number; inUse: number }
  /** A punch reached the design's own code; nothing was checked there yet. */
  | { type: "punch.begun"; file: string; offset: bigint; len: bigint }
  | { type: "walk.begun"; file: string; edge: Edge; start: number; end: number }
  | { type: "walk.ended"; file: string; edge: Edge };

/** Only the list has these. */
export type ListEvent =
  | { type: "notifier.registered"; file: string; memslot: string; notifier: number; notifiers: number }
  | { type: "notifier.unregistered"; file: string; memslot: string; notifier: number; notifiers: number }
  /** The walk came to this node of the list. */
  | { type: "list.read"; file: string; notifier: number };

/** Only the xarray has these. Indices that it stores under are inclusive. */
export type BindingEvent =
  | {
      type: "notifier.bound";
      file: string;
      memslot: string;
      notifier: number;
      start: number;
      end: number;
      /** What was stored: [first, last], both included. */
      first: number;
      last: number;
      /** Why nothing was, which the bind does not look at (T-r). */
      failed?: Errno;
    }
  | {
      type: "notifier.unbound";
      file: string;
      memslot: string;
      notifier: number;
      start: number;
      end: number;
      first: number;
      last: number;
    }
  | {
      type: "bind.refused";
      file: string;
      memslot: string;
      start: number;
      end: number;
      because: "notExclusive" | "otherMode" | "occupied";
      /** The lowest index that is taken, and by which notifier; null unless occupied. */
      index: number | null;
      owner: number | null;
    }
  /** The walk looked further: what it read since its last event, and the entry it came to, if any. */
  | {
      type: "xarray.read";
      file: string;
      index: number | null;
      notifier: number | null;
      slots: number;
      nodes: number;
    };
