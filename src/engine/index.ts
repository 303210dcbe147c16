// SPDX-License-Identifier: GPL-2.0-only
// What the page and the command line may import of the engine, name by name. There is no other way in.

export type { Errno } from "./errno.ts";
export { documentOf } from "./experiments/capture/builtInDocument.ts";
export type { Capture } from "./experiments/capture/capture.ts";
export type { BlockMatch } from "./experiments/capture/mapSlots.ts";
export { type MemoryMap, readMtree } from "./experiments/capture/mtree.ts";
export { newStraceReader, readStrace, type StraceReader } from "./experiments/capture/readStrace.ts";
export { type CaptureSummary, summaryLine } from "./experiments/capture/summary.ts";
export type { CaptureProblem } from "./experiments/capture/tally.ts";
export { taskOf, windowOf } from "./experiments/capture/window.ts";
export { type Bill, billing, countsBefore } from "./experiments/cost/bill.ts";
export { type BindCost, bindCost } from "./experiments/cost/bindCost.ts";
export { breakEven, flushEven } from "./experiments/cost/breakEven.ts";
export {
  CALIBRATED_MAX,
  CALIBRATION_SOURCE,
  listPoints,
  type MeasuredTree,
  type Span,
  xarrayPoints,
} from "./experiments/cost/calibration.ts";
export { type CutBill, cutBilling, cutTrouble } from "./experiments/cost/cutBill.ts";
export {
  type Comparison,
  comparisons,
  FITTED,
  FITTED_ON,
  FITTED_SOURCE,
  MEASURED_PUNCHES,
  type MeasuredPunch,
  predictedNs,
  ratioOf,
  TIMED_PUNCHES,
  type TimedPunch,
} from "./experiments/cost/fit.ts";
export { ALIGNMENTS, type Alignment, endToEnd, type Hole, type HoleSize } from "./experiments/cost/layout.ts";
export { type OwnWalk, ownWalks } from "./experiments/cost/ownWalk.ts";
export { pointDocument, slotsDocument } from "./experiments/cost/pointDocument.ts";
export {
  FLUSH_VCPUS,
  PRICE_IDS,
  PRICES,
  type Price,
  type PriceId,
  type PriceTag,
  priceOf,
  type SetPrices,
  WALK_BASES,
  type WalkBasis,
} from "./experiments/cost/prices.ts";
export {
  COST_PARTS,
  type CostPart,
  type CostPartId,
  type Pricing,
  type PunchCost,
  punchCost,
} from "./experiments/cost/punchCost.ts";
export { SLOTS_MAX, STEPPED_MAX, sweepSizes } from "./experiments/cost/sizes.ts";
export {
  formulaRows,
  type SweepCase,
  type SweepRow,
  sweeping,
  treeOf,
} from "./experiments/cost/sweep.ts";
export { type CostRow, csvText, sweepCsv } from "./experiments/cost/sweepCsv.ts";
export type { PartOfRun, Refusal } from "./experiments/machine/boot.ts";
export { countersResting, stepsRest } from "./experiments/machine/assumed.ts";
export { COUNTER_IDS, type CounterId, type Counters, newCounters } from "./experiments/machine/counters.ts";
export { COUNTER_TEXTS } from "./experiments/machine/counterTexts.ts";
export type { LabEvent, LabEventType } from "./experiments/machine/events.ts";
export { type Finding, INVARIANTS } from "./experiments/machine/invariants/finding.ts";
export type { Operation } from "./experiments/machine/operation.ts";
export { ANY } from "./experiments/scenarios/anyRepertoire.ts";
export { BASIC } from "./experiments/scenarios/repertoire.ts";
export { VARIANTS, type VariantId } from "./experiments/machine/variants.ts";
export type { Restrictedmem, World } from "./experiments/machine/world.ts";
export { type AddedPunch, isSinglePunch, withPunches } from "./experiments/scenarios/addedPunch.ts";
export { BUILT_INS, type BuiltIn, builtIn, type CaptureSource } from "./experiments/scenarios/catalogue.ts";
export { type OperationSteps, operationSteps } from "./experiments/scenarios/clock.ts";
export { eventsHash, hashingEvents } from "./experiments/scenarios/eventLines.ts";
export { unmetExpectations } from "./experiments/scenarios/expectation.ts";
export type { OperationDocument, ScenarioDocument } from "./experiments/scenarios/document.ts";
export { modeText } from "./experiments/scenarios/mode.ts";
export { parseDocument, parseScenario } from "./experiments/scenarios/parse.ts";
export { type Play, type PlayOptions, play, playing, trapOf } from "./experiments/scenarios/play.ts";
export { printDocument } from "./experiments/scenarios/printDocument.ts";
export { problemText } from "./experiments/scenarios/problem.ts";
export {
  type PriceBase,
  type PunchPrice,
  pricingBase,
  pricingPunch,
} from "./experiments/scenarios/punchPrice.ts";
export { readingScenario } from "./experiments/scenarios/readingScenario.ts";
export type { Scenario } from "./experiments/scenarios/scenario.ts";
export { scenarioOf } from "./experiments/scenarios/scenarioOf.ts";
export { tA12 } from "./experiments/scenarios/tA12.ts";
export { type Tallied, tally } from "./experiments/scenarios/tally.ts";
export { BUILT_IN_NAMES, TITLES } from "./experiments/scenarios/titles.ts";
export { FNV_OFFSET_BASIS, fnvHex, fnvStep } from "./fnv.ts";
export type { Kvm } from "./kernel/kvm/kvm.ts";
export type { Vcpu } from "./kernel/kvm/vcpu.ts";
export { sptePrinted } from "./kernel/tdp/printed.ts";
export { tdpGfnEnd } from "./kernel/tdp/tables.ts";
export { tdpLeavesIn, tdpUnmappedRuns } from "./kernel/tdp/leaves.ts";
export {
  blockOf,
  indexAt,
  type Leaf,
  type LeafLevel,
  pagesPerEntry,
  pagesPerLeaf,
  TABLE_ENTRIES,
  type TableLevel,
} from "./kernel/tdp/level.ts";
export { tlbEntries, tlbFind } from "./kernel/tdp/tlb.ts";
export { tdpLeafAt, type TdpRead, tdpWalk } from "./kernel/tdp/walk.ts";
export type { Memslot } from "./kernel/kvm/memslot.ts";
export { FALLOC_FL } from "./kernel/shmem/falloc.ts";
export { findFolio, pagesIn } from "./kernel/shmem/file.ts";
export { refsOf } from "./kernel/shmem/folios.ts";
export { generationOf } from "./kernel/shmem/frames.ts";
export { isPoisoned, tagOf, writerOf } from "./kernel/shmem/tags.ts";
export {
  newXarray,
  parseOpScript,
  parseRecording,
  replayRecording,
  runOp,
  XA_NODES_MAX,
  XA_NULL,
  type XaMismatch,
  type XaRecording,
  type XaRow,
  type XaRowSlot,
  xaDepth,
  xaEntries,
  xaToPointer,
  xaWayTo,
} from "./kernel/xarray/index.ts";
export { BoundReached, goingTo, goTo, stepOn } from "./sim/recording.ts";
export type { Run, StepRecord } from "./sim/run.ts";
export { drain, type Slices } from "./sim/slices.ts";
export type { PutOff } from "./sim/scheduler.ts";
export { isPageAligned, PAGE_SIZE, type Pfn, pgoffOf } from "./units.ts";
