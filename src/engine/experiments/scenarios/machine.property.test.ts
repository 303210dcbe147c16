// SPDX-License-Identifier: GPL-2.0-only
// Whatever several tasks do in whatever order: a run is its choices, the past is reached as it was, counts are what
// was told, and the xarray's design keeps its promises.
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { present } from "../../assert.ts";
import { goTo, stepOn } from "../../sim/recording.ts";
import { isAtRest } from "../../sim/run.ts";
import { newShim } from "../../kernel/restrictedmem/shim.ts";
import { pagesIn } from "../../kernel/shmem/file.ts";
import { FRAMES_MAX, framesLeft } from "../../kernel/shmem/memory.ts";
import { isHeldForWriting } from "../../kernel/sync/lock.ts";
import { tdpCheck } from "../../kernel/tdp/check.ts";
import { xaCheck } from "../../kernel/xarray/index.ts";
import { booting } from "../machine/boot.ts";
import { drain } from "../../sim/slices.ts";
import { COUNTER_IDS, type Counters } from "../machine/counters.ts";
import type { LabEvent } from "../machine/events.ts";
import { enter, type Ledger, newLedger, rest } from "../machine/invariants/ledger.ts";
import { storeBreaches } from "../machine/invariants/store.ts";
import { notifierBreaches, vmBreaches } from "../machine/invariants/vm.ts";
import type { Breach } from "../machine/invariants/finding.ts";
import { type VariantId, VARIANTS } from "../machine/variants.ts";
import { copyWorld, type World } from "../machine/world.ts";
import { printDocument } from "./printDocument.ts";
import { operationSteps } from "./clock.ts";
import { eventLines, eventsHash } from "./eventLines.ts";
import { parseScenario } from "./parse.ts";
import { scenarioOf } from "./scenarioOf.ts";
import { forkPlay, type Play, play } from "./play.ts";
import { rolledDocument } from "./rolled.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Long lists, so that most scenarios have something going on; they shrink all the same. */
const rolls = fc.array(fc.nat(10_000), { minLength: 40, maxLength: 160, size: "max" });
const variants = fc.constantFrom(...VARIANTS);

const playOf = (list: readonly number[], variant: VariantId, binds = true) =>
  play(scenarioOf(rolledDocument(list, { binds })), variant);

/** A world as text, without what growing leaves behind an array's last node. */
const textOf = (world: World) =>
  JSON.stringify(copyWorld(world), (_key, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    return ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value;
  });

const eventsOf = ({ recording }: Play): LabEvent[] => recording.steps.flatMap(({ events }) => [...events]);

describe("a play", () => {
  it("tells the same events, byte for byte, when it is played again, also from its printed text", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const first = playOf(list, variant);
        const printed = parseScenario(printDocument(first.scenario.document));
        if (!printed.ok) throw new Error(JSON.stringify(printed.problems));
        const again = play(printed.scenario, first.variant);
        expect([...eventLines(again)]).toEqual([...eventLines(first)]);
        expect(eventsHash(again)).toBe(eventsHash(first));
        expect(again.findings).toEqual(first.findings);
        expect(again.recording.putOffs).toEqual(first.recording.putOffs);
      }),
      { numRuns: 150 },
    );
  });

  it("leads to the same world at step k, gone to at once or stepped to, and leaves its first world alone", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const { recording } = playOf(list, variant);
        const begin = textOf(goTo(recording, 0).world);
        const stepped = goTo(recording, 0);
        for (let k = 0; k <= recording.steps.length; k++) {
          if (k > 0) stepOn(recording, stepped);
          const gone = goTo(recording, k);
          expect(gone.step).toBe(k);
          expect(textOf(gone.world)).toBe(textOf(stepped.world));
        }
        expect(textOf(goTo(recording, 0).world)).toBe(begin);
      }),
      { numRuns: 60 },
    );
  });

  it("leaves every task at its end, and every lock free: no order of theirs is a deadlock", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const { recording } = playOf(list, variant);
        expect(recording.stuck).toEqual([]);
        const { world } = goTo(recording, recording.steps.length);
        const locks = [
          ...Object.values(world.files).flatMap(({ lock, memfd, shim }) => [
            ...[lock, memfd.inodeLock, shim.inodeLock],
          ]),
          ...Object.values(world.vms).flatMap(({ slotsLock, mmuLock }) => [slotsLock, mmuLock]),
        ];
        for (const { name, holders, waiters } of locks)
          expect({ name, holders, waiters }).toEqual({ name, holders: [], waiters: [] });
        for (const { srcu } of Object.values(world.vms)) expect(srcu.readers).toEqual([]);
        expect(world.walksOpen).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it("builds only arrays that the kernel could have built", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const { recording } = playOf(list, variant);
        const run = goTo(recording, 0);
        for (;;) {
          for (const file of Object.values(run.world.files)) {
            xaCheck(file.memfd.iPages);
            if (file.keeps === "xarray") xaCheck(file.bindings);
          }
          for (const { tdp } of Object.values(run.world.vms)) tdpCheck(tdp);
          if (run.step === recording.steps.length) break;
          stepOn(recording, run);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a file", () => {
  it("is there exactly as long as a descriptor, a call or a living memslot refers to it, and its frames are its pages", () => {
    let released = 0;
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const { scenario, recording } = playOf(list, variant);
        const run = goTo(recording, 0);
        for (;;) {
          const { world } = run;
          const inUse = (name: string) =>
            world.fds[name] !== undefined ||
            world.memslots.some(({ file, freed }) => file === name && !freed);
          if (isAtRest(run)) {
            for (const name of scenario.files.keys()) {
              expect([name, world.files[name] !== undefined]).toEqual([name, inUse(name)]);
              expect(world.files[name]?.shim).toEqual(world.files[name] && newShim(name));
            }
            expect(world.filesOpen).toBe(2 * Object.keys(world.files).length);
          }
          // A name that is in use and leads nowhere would be a use after free.
          for (const { file, freed } of world.memslots)
            if (file !== null && !freed && world.fds[file] === undefined)
              expect(world.files[file]?.shim.dying).toBe(false);
          const pages = Object.values(world.files).map(({ memfd }) => pagesIn(memfd, 0, 2 ** 51).length);
          expect(FRAMES_MAX - framesLeft(world.memory)).toBe(pages.reduce((sum, n) => sum + n, 0));
          if (run.step === recording.steps.length) break;
          stepOn(recording, run);
        }
        released += recording.steps.flatMap(({ events }) =>
          events.filter(({ type }) => type === "file.released"),
        ).length;
      }),
      { numRuns: 150 },
    );
    expect(released).toBeGreaterThan(10);
  });
});

describe("a fork", () => {
  it("at any step shares the beginning and is what the whole list of steps plays", () => {
    fc.assert(
      fc.property(rolls, variants, fc.nat(), (list, variant, where) => {
        const first = playOf(list, variant);
        const { steps } = first.recording;
        const step = where % (steps.length + 1);
        const forked = forkPlay(first, step, []);
        expect(forked.recording.steps.slice(0, step)).toEqual(steps.slice(0, step));
        // The steps as choices, one for one, play the fork again.
        const tasks = [...first.scenario.tasks.keys()];
        const choices = forked.recording.steps.map(({ task }) => tasks[task] ?? "");
        const again = play(scenarioOf({ ...first.scenario.document, choices }), first.variant);
        expect([...eventLines(again)]).toEqual([...eventLines(forked)]);
        expect(again.findings).toEqual(forked.findings);
        expect(again.counters).toEqual(forked.counters);
        expect(forked.refusals).toEqual(first.refusals);
      }),
      { numRuns: 100 },
    );
  });
});

describe("counters", () => {
  it("at the end are what the events add up to, counted another way", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const played = playOf(list, variant);
        const { scenario, recording, counters } = played;
        expect(counters).toEqual(recount(eventsOf(played), refusedInSetup(scenario, variant)));
        expect(goTo(recording, recording.steps.length).world.counters).toEqual(counters);
      }),
      { numRuns: 200 },
    );
  });

  it("never fall, and all callbacks are hits or wasted", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const { recording } = playOf(list, variant);
        const run = goTo(recording, 0);
        let before = { ...run.world.counters };
        while (run.step < recording.steps.length) {
          stepOn(recording, run);
          const { counters } = run.world;
          for (const id of COUNTER_IDS) expect(counters[id]).toBeGreaterThanOrEqual(before[id]);
          expect(counters.wasted).toBe(
            counters.startCallbacks + counters.endCallbacks - counters.startHits - counters.endHits,
          );
          before = { ...counters };
        }
      }),
      { numRuns: 60 },
    );
  });
});

function refusedInSetup(scenario: Play["scenario"], variant: Play["variant"]): number {
  let refused = 0;
  drain(
    booting(scenario, variant, ({ type }) => {
      if (type === "bind.refused") refused++;
    }),
  );
  return refused;
}

/** The counters from their definitions, each on its own. */
function recount(events: readonly LabEvent[], refusedBefore: number): Counters {
  const all = <T extends LabEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const starts = all("notifier.start");
  const ends = all("notifier.end");
  const reads = all("xarray.read");
  const hits = (calls: readonly { hit: boolean }[]) => calls.filter(({ hit }) => hit).length;
  const locks = all("lock.taken").map(({ lock }) => lock.replace(/^[^/]*\//, ""));
  let open = 0;
  const depths = events.map(({ type }) => {
    if (type === "walk.begun") open++;
    if (type === "walk.ended") open--;
    return open;
  });
  return {
    punches: all("punch.begun").length,
    bindsRefused: refusedBefore + all("bind.refused").length,
    startCallbacks: starts.length,
    endCallbacks: ends.length,
    startHits: hits(starts),
    endHits: hits(ends),
    wasted: starts.length + ends.length - hits(starts) - hits(ends),
    listNodesRead: all("list.read").length,
    xarrayNodesRead: sum(reads.map(({ nodes }) => nodes)),
    xarraySlotsRead: sum(reads.map(({ slots }) => slots)),
    entriesVisited: reads.filter(({ notifier }) => notifier !== null).length,
    walksAtOnceMax: Math.max(0, ...depths),
    rmLockTakes: locks.filter((lock) => lock === "rm->lock").length,
    mmuLockTakes: locks.filter((lock) => lock === "mmu_lock").length,
    sptesZapped: sum(all("spte.zapped").map(({ zapped }) => sum(zapped.map(([start, end]) => end - start)))),
    tlbFlushes: all("tlb.flushed").length,
    pagesFreed: sum(
      [...all("shmem.punched"), ...all("file.released")].flatMap(({ freed }) =>
        freed.map(([start, end]) => end - start),
      ),
    ),
  };
}

describe("the designs", () => {
  it("under the xarray no pairing, count or range is ever broken, in whatever order the tasks run", () => {
    fc.assert(
      fc.property(rolls, fc.constantFrom("review", "review-seed"), (list, variant) => {
        const { findings } = playOf(list, variant, false);
        // Of a slot beyond the end of its file no design takes notice.
        const allowed = variant === "review" ? ["I18"] : ["I17", "I18"];
        expect(findings.filter(({ invariant }) => !allowed.includes(invariant))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("under the list each of I1 to I4 is broken by some of the same scenarios", () => {
    const seen = new Set<string>();
    for (const list of fc.sample(rolls, { numRuns: 500, seed: 1 }))
      for (const { invariant } of playOf(list, "v10", false).findings) seen.add(invariant);
    expect([...seen]).toEqual(expect.arrayContaining(["I1", "I2", "I3", "I4"]));
    expect([...seen].filter((id) => ["I5", "I7", "I16", "I17"].includes(id))).toEqual([]);
  });
});

/** What is held against the ledger, of which the simple watch below has one too. */
const PAIRING = new Set(["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I16", "I17"]);

describe("the watch", () => {
  it("finds what one finds that looks at everything after every step", () => {
    fc.assert(
      fc.property(rolls, variants, (list, variant) => {
        const played = playOf(list, variant);
        const paired = played.findings.filter(({ invariant }) => PAIRING.has(invariant));
        expect(sorted(paired)).toEqual(sorted(naiveFindings(played)));
      }),
      { numRuns: 400 },
    );
  });

  it("has something to find in those scenarios", () => {
    const seen = new Set<string>();
    for (const list of fc.sample(rolls, { numRuns: 600, seed: 1 }))
      for (const variant of VARIANTS)
        for (const { invariant } of playOf(list, variant).findings) seen.add(invariant);
    expect([...seen]).toEqual(expect.arrayContaining(["I1", "I3", "I4", "I17"]));
  });
});

/** Within one step the order is that of the events, which says nothing. */
const sorted = (findings: Play["findings"]) =>
  findings.map(({ step, invariant, object, text }) => `${step} ${invariant} ${object}: ${text}`).sort();

/** A watch too simple to be wrong: no notion of what an event has touched. */
function naiveFindings({ scenario, variant, recording }: Play): Play["findings"] {
  const seqs = new Map([...scenario.vms].map(([name, { seq }]) => [name, seq]));
  const ledger = newLedger(seqs);
  const findings: (Breach & { step: number })[] = [];
  const verdicts = new Map<string, Set<string>>();
  const look = (step: number, world: World, atRest: boolean) => {
    if (atRest) rest(ledger);
    for (const [subject, breaches] of subjectsOf(ledger, seqs, world, atRest)) {
      const before = verdicts.get(subject);
      const now = new Set<string>();
      for (const breach of breaches) {
        const key = `${breach.invariant} ${breach.object}`;
        if (!before?.has(key) && !now.has(key)) findings.push({ step, ...breach });
        now.add(key);
      }
      verdicts.set(subject, now);
    }
  };
  drain(booting(scenario, variant, (event) => enter(ledger, "", event)));
  const run = goTo(recording, 0);
  look(0, run.world, true);
  const tasks = [...scenario.tasks.keys()];
  for (const { task, events } of recording.steps) {
    stepOn(recording, run);
    for (const event of events) enter(ledger, tasks[task] ?? "", event);
    look(run.step, run.world, isAtRest(run));
  }
  return findings;
}

/** Everything that could be looked at now, with what is broken about it. */
function* subjectsOf(
  ledger: Ledger,
  seqs: ReadonlyMap<string, number>,
  world: World,
  atRest: boolean,
): Generator<[string, Breach[]]> {
  for (const notifier of ledger.notifiers.values())
    yield [`notifier ${notifier.id}`, [...notifierBreaches(notifier)]];
  for (const [name, vm] of ledger.vms) {
    const kvm = present(world.vms[name], name);
    if (!isHeldForWriting(kvm.mmuLock))
      yield [`vm ${name}`, [...vmBreaches(kvm, vm, seqs.get(name) ?? 0, atRest)]];
  }
  for (const [name, file] of Object.entries(world.files))
    if (file.keeps === "xarray" && !isHeldForWriting(file.lock))
      yield [`file ${name}`, [...storeBreaches(file, ledger.notifiers.values())]];
}

it("one task's operations lie end to end on the clock; several tasks are one operation", () => {
  fc.assert(
    fc.property(rolls, variants, fc.boolean(), (list, variant, alone) => {
      const document = rolledDocument(list, { binds: true });
      const { P = [], Q = [], U = [] } = document.tasks;
      const all = [...P, ...Q, ...U];
      const tasks = alone ? { P: all } : document.tasks;
      const played = play(scenarioOf({ ...document, tasks, choices: [] }), variant);
      const { steps } = played.recording;
      const operations = operationSteps(played);
      if (!alone) {
        expect(operations).toEqual([{ first: 1, last: steps.length }]);
        return;
      }
      expect(operations).toHaveLength(all.length);
      let next = 1;
      operations.forEach(({ first, last }, k) => {
        expect(first).toBe(next);
        for (let step = first; step <= last; step++) expect(steps[step - 1]?.operation).toBe(k);
        expect(steps[last - 1]?.events.at(-1)?.type).toBe("operation.returned");
        next = last + 1;
      });
      expect(next).toBe(steps.length + 1);
    }),
    { numRuns: 100 },
  );
});
