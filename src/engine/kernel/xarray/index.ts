// SPDX-License-Identifier: GPL-2.0-only
// The XArray: what the rest of the engine may use of it.

export { xaCheck } from "./check.ts";
export { type XaDumpNode, xaDump } from "./dump.ts";
export { xaEraseEach, xaStoreEach } from "./each.ts";
export { type XaEntryRun, xaEntries, xaEntryCount } from "./entries.ts";
export {
  type Entry,
  type NodeId,
  ULONG_MAX,
  XA_CHUNK_SIZE,
  XA_ENTRY_MAX,
  XA_INDEX_MAX,
  XA_NULL,
  xaEntryText,
  xaIsValue,
  xaMkPointer,
  xaMkValue,
  xaToPointer,
  xaToValue,
} from "./entry.ts";
export { type XaFound, xaFind, xaFindAfter } from "./find.ts";
export { xaEmpty, xaGetOrder, xaLoad } from "./load.ts";
export { type Parsed, type XaArg, type XaOp, xaOpOf } from "./op.ts";
export { runOp, XA_NODES_MAX, type XaOpLine, type XaOpResult } from "./opLine.ts";
export { parseOpScript } from "./opScript.ts";
export { copyXarray, NO_NODE, newXarray, type Xarray, xaTop } from "./pool.ts";
export { newReads, type XaReads } from "./reads.ts";
export { parseRecording, type XaRecordedLine, type XaRecording } from "./recording.ts";
export { replayRecording, type XaMismatch } from "./replay.ts";
export { xaDestroy } from "./shrink.ts";
export { type XaStored, xaErase, xaStore, xaStoreOrder } from "./store.ts";
export { XA_HEAD_SHIFT, type XaRun, xaRunsOf, xaTopShift } from "./runs.ts";
export { xaStoreRange } from "./storeRange.ts";
export { type XaRow, type XaRowSlot, xaDepth, xaRow, xaWayTo } from "./rows.ts";
export { xaForEachRange, xaVisits, xaWalkNext, xaWalkStart } from "./walk.ts";
