// SPDX-License-Identifier: GPL-2.0-only
// The work of an allocation: every page of a range is there afterwards, or none that was added.
//
// Models    the loop of shmem_fallocate() in mm/shmem.c, and what it undoes

import { type Errno, fail, OK, type Result } from "../../errno.ts";
import { addFolio, fillHoles, NO_FOLIOS, orderFor, removeFolios } from "./addPages.ts";
import type { ShmemEnv } from "./events.ts";
import { type CachedFolio, endOf, findFolio, type ShmemFile } from "./file.ts";
import { pagesOf } from "./frames.ts";
import type { FolioOrder } from "./memory.ts";
import { pushRun, type Runs } from "./runs.ts";
import type { AskedPages, Work } from "./work.ts";

/** Folios by order. */
type Added = Record<FolioOrder, number>;

/**
 * Adds the pages that [start, end) lacks. A folio may reach beyond the range.
 *
 * Context: the inner inode lock is held for writing.
 * Returns: EINTR, ENOSPC, ENOMEM, and then no page that it added stays, but those that somebody got meanwhile.
 */
export function* adding(env: ShmemEnv, file: ShmemFile, asked: AskedPages): Work {
  const { memory, pagesPerStep } = env;
  if (pagesPerStep === null) return addAll(env, file, asked);
  const { name, start, end } = asked;
  let added = { ...NO_FOLIOS };
  let from = start;
  /** Folios that earlier steps have told. */
  let told = 0;
  for (let index = start; index < end; ) {
    if (env.signalPending()) return takeBack(env, file, name, told, "EINTR");
    const there = findFolio(file, index);
    if (there !== null) {
      index = endOf(there);
      continue;
    }
    const pages = pagesIn(added);
    if (pages > 0 && pages + pagesOf(orderFor(file, index)) > pagesPerStep) {
      tellAdded(env, name, from, index, added);
      yield;
      added = { ...NO_FOLIOS };
      from = index;
      told = file.adding.length;
      // Somebody may have come in: a signal, a page.
      continue;
    }
    const answer = addFolio(memory, file, index);
    if (!answer.ok) return takeBack(env, file, name, told, answer.errno);
    file.adding.push(answer.folio.first);
    added[answer.folio.order]++;
    index = endOf(answer.folio);
  }
  file.adding = [];
  tellAdded(env, name, from, end, added);
  return OK;
}

function addAll(env: ShmemEnv, file: ShmemFile, { name, start, end }: AskedPages): Result {
  if (env.signalPending()) return fail("EINTR");
  const filled = fillHoles(env.memory, file, start, end, () => {});
  if (!filled.ok) return filled;
  tellAdded(env, name, start, end, filled.added);
  return OK;
}

/** What was added is removed, and told where an earlier step had told that it came: `told` folios of file.adding. */
function takeBack(env: ShmemEnv, file: ShmemFile, name: string, told: number, errno: Errno): Result {
  const folios = file.adding.map((first) => findFolio(file, first) as CachedFolio);
  file.adding = [];
  removeFolios(env.memory, file, folios);
  const freed: Runs = [];
  for (const folio of folios.slice(0, told)) pushRun(freed, folio.first, endOf(folio));
  const [first, last] = [freed[0], freed.at(-1)];
  if (first && last) {
    const pages = freed.reduce((sum, [start, end]) => sum + end - start, 0);
    const [start, end] = [first[0], last[1]];
    env.emit({ type: "shmem.punched", file: name, start, end, pages, freed, undone: true });
  }
  return fail(errno);
}

function tellAdded(env: ShmemEnv, name: string, start: number, end: number, added: Added): void {
  const orders = added[9] + added[18] > 0 ? { orders: { 9: added[9], 18: added[18] } } : {};
  env.emit({ type: "shmem.allocated", file: name, start, end, pages: pagesIn(added), ...orders });
}

const pagesIn = (added: Added): number => added[0] + pagesOf(9) * added[9] + pagesOf(18) * added[18];
