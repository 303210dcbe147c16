// SPDX-License-Identifier: GPL-2.0-only
// I8-I15: what the guest reaches is what the file holds.
//
// A page that is freed although a leaf maps it is noticed at once, by the count of leaves that each frame keeps; only
// then are a VM's tables searched. What is installed is looked at when it is installed.

import { gfnToMemslot, type Kvm } from "../../../kernel/kvm/kvm.ts";
import { vcpuName } from "../../../kernel/kvm/vcpu.ts";
import { findPage } from "../../../kernel/shmem/file.ts";
import { orderOf } from "../../../kernel/shmem/folios.ts";
import { generationOf } from "../../../kernel/shmem/frames.ts";
import { pagesPerLeaf } from "../../../kernel/tdp/level.ts";
import { tdpLeavesIn } from "../../../kernel/tdp/leaves.ts";
import { tdpGfnEnd } from "../../../kernel/tdp/tables.ts";
import { tlbEntries } from "../../../kernel/tdp/tlb.ts";
import type { Pfn, Pgoff } from "../../../units.ts";
import type { LabEvent } from "../events.ts";
import type { World } from "../world.ts";
import type { Breach } from "./finding.ts";
import type { Rule } from "./rule.ts";

type Fault = Extract<LabEvent, { type: "fault.begun" }>;
type Installed = Extract<LabEvent, { type: "spte.installed" }>;

/** File pages [start, end). */
interface Range {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Pages that a punch is freeing. */
interface Window extends Range {
  /** The last of them has left the cache. Somebody may hold one still, but what comes anew is no page of the hole. */
  readonly left: boolean;
}

/** The bracket state of a VM, as it was told. */
interface Bracket {
  count: number;
  seq: number;
  range: readonly [bigint, bigint] | null;
}

export function memoryRule(seqs: ReadonlyMap<string, number>): Rule {
  const brackets = new Map<string, Bracket>(
    [...seqs].map(([vm, seq]) => [vm, { count: 0, seq, range: [0n, 0n] }]),
  );
  /** By vCPU: the fault it is in, with its snapshot. */
  const faults = new Map<string, Fault>();
  const windows = new Map<string, Window>();
  const asked = new Map<string, Range>();
  let installed: Installed[] = [];
  let broken: Breach[] = [];
  /** Pages were freed of which some leaf may still lead to one. */
  let freedMapped = false;
  /** Pages were freed, or a vCPU came into the guest: its cached translations may be stale. */
  let tlbsTouched = false;
  /** References were taken or given up. */
  let refsTouched = false;
  /** VMs that had a stale mapping when last looked at. */
  const stale = new Set<string>();

  const bracketOf = (vm: string): Bracket => {
    const known = brackets.get(vm) ?? { count: 0, seq: 0, range: null };
    brackets.set(vm, known);
    return known;
  };

  return {
    tell(task, event) {
      switch (event.type) {
        case "bracket.begun":
          Object.assign(bracketOf(event.vm), { count: event.count, range: event.range });
          break;
        case "bracket.ended":
          Object.assign(bracketOf(event.vm), { count: event.count, seq: event.seq, range: event.range });
          break;
        case "fault.begun":
          faults.set(event.vcpu, event);
          break;
        case "spte.installed":
          installed.push(event);
          break;
        case "vcpu.entered":
          tlbsTouched = true;
          break;
        case "guest.read":
        case "guest.wrote":
          // What a walk has found is cached whole from now on: a large leaf may lead astray beside the page asked for.
          if (event.via === "tables") tlbsTouched = true;
          break;
        case "page.got":
        case "shmem.allocated":
          refsTouched = true;
          break;
        case "page.put":
          refsTouched = true;
          if (event.refs === 0) tlbsTouched = freedMapped = true;
          break;
        case "walk.begun":
          if (event.edge === "start")
            asked.set(task, { file: event.file, start: event.start, end: event.end });
          break;
        case "shmem.punched":
        case "file.released": {
          refsTouched = tlbsTouched = true;
          // Nobody can find the pages of a file that is released, so nothing comes into such a window; and whoever
          // releases it may be on the way out of a punch of another file.
          const hole = event.type === "shmem.punched" ? asked.get(task) : undefined;
          if (hole !== undefined) windows.set(task, { ...hole, left: !("more" in event) });
          const [first] = event.mapped ?? [];
          if (first === undefined) break;
          freedMapped = true;
          broken.push({
            invariant: "I10",
            object: event.file,
            text: `Page ${first[0]} of ${event.file} leaves the file while a guest has it mapped.`,
          });
          break;
        }
        case "lock.released":
          if (event.lock.endsWith("/inode->lock")) windows.delete(task);
          break;
        case "operation.returned":
          asked.delete(task);
          break;
        case "spte.zapped":
          if (stale.has(event.vm)) freedMapped = true;
          break;
      }
    },
    look(world, atRest, report) {
      for (const event of installed) {
        broken.push(...installBreaches(world, event, windows.values()));
        const breach = tooLate(event, bracketOf(event.vm), faults.get(event.vcpu));
        if (breach) broken.push(breach);
      }
      installed = [];
      if (broken.length > 0) report("installed", broken);
      broken = [];
      if (freedMapped) {
        freedMapped = false;
        for (const kvm of Object.values(world.vms)) {
          const breach = staleMapping(world, kvm);
          if (breach === null) stale.delete(kvm.name);
          else stale.add(kvm.name);
          report(`mapped ${kvm.name}`, breach === null ? [] : [breach]);
        }
      }
      if (tlbsTouched) {
        tlbsTouched = false;
        for (const kvm of Object.values(world.vms))
          for (const vcpu of kvm.vcpus)
            report(`tlb ${vcpuName(kvm, vcpu)}`, staleTranslations(world, kvm, vcpu));
      }
      if (atRest && refsTouched) {
        refsTouched = false;
        report("refs", leakedPages(world));
      }
    },
  };
}

/** I8. The first leaf of `kvm` whose page has been freed since. */
function staleMapping({ memory }: World, kvm: Kvm): Breach | null {
  for (const { gfn, level, pfn, generation } of tdpLeavesIn(kvm.tdp, 0, tdpGfnEnd(kvm.tdp)))
    for (let page = 0; page < pagesPerLeaf(level); page++)
      if (generationOf(memory, (pfn + page) as Pfn) !== generation) {
        const text = `gfn ${gfn + page} of ${kvm.name} maps pfn ${pfn + page}, which has been freed since.`;
        return { invariant: "I8", object: kvm.name, text };
      }
  return null;
}

/** I9. A vCPU in guest mode with a translation whose page has been freed since. */
function* staleTranslations({ memory }: World, kvm: Kvm, vcpu: Kvm["vcpus"][number]): Generator<Breach> {
  if (vcpu.state !== "guest") return;
  const object = vcpuName(kvm, vcpu);
  for (const { gfn, level, pfn, generation } of tlbEntries(vcpu.tlb))
    for (let page = 0; page < pagesPerLeaf(level); page++)
      if (generationOf(memory, (pfn + page) as Pfn) !== generation) {
        const text = `${object} is in the guest with a cached translation of gfn ${gfn + page}, whose page has been freed since.`;
        yield { invariant: "I9", object, text };
        return;
      }
}

/** I12. At rest the page cache alone holds pages. */
function* leakedPages({ memory, files }: World): Generator<Breach> {
  const used = memory.framesUsed;
  const cached = Object.values(files).reduce((sum, { memfd }) => sum + memfd.nrpages, 0);
  if (used !== cached)
    yield {
      invariant: "I12",
      object: "host",
      text: `${used} frames are in use, and files hold ${cached} pages.`,
    };
}

/** I11. What the last test before an installation has to refuse. */
function tooLate(
  { vm, vcpu }: Installed,
  { count, seq, range }: Bracket,
  fault: Fault | undefined,
): Breach | null {
  if (fault === undefined) return null;
  const gfn = BigInt(fault.gfn);
  // The gfn that faulted is what the test looks at; a large leaf reaches further (Lab-1).
  const blocked = count !== 0 && (range === null || (range[0] <= gfn && gfn < range[1]));
  const because = blocked
    ? `a bracket is open (count ${count})`
    : fault.seq !== seq
      ? `its snapshot is ${fault.seq} and the sequence is ${seq}`
      : null;
  return because === null
    ? null
    : { invariant: "I11", object: vm, text: `${vcpu} installs gfn ${gfn} although ${because}.` };
}

/** I10 and I13-I15 of a leaf that was just installed. */
function* installBreaches(
  world: World,
  { vm, gfn, level, pfn }: Installed,
  windows: Iterable<Window>,
): Generator<Breach> {
  const kvm = world.vms[vm] as Kvm;
  const pages = pagesPerLeaf(level as 1 | 2 | 3);
  const memslot = gfnToMemslot(kvm, world.memslots, gfn);
  if (memslot === null || memslot.file === null) {
    const text = `gfn ${gfn} of ${vm} was mapped, and ${memslot === null ? "no slot" : "an ordinary slot"} holds it.`;
    yield { invariant: "I15", object: vm, text };
    return;
  }
  const file = world.files[memslot.file];
  const index = (gfn - memslot.baseGfn + memslot.pgoff) as Pgoff;
  const cached = file === undefined ? null : findPage(file.memfd, index);
  if (cached !== pfn) {
    const has = cached === null ? "holds no page" : `holds pfn ${cached}`;
    const text = `gfn ${gfn} of ${vm} was mapped to pfn ${pfn}; page ${index} of ${memslot.file} ${has}.`;
    yield { invariant: "I13", object: vm, text };
  }
  for (const window of windows)
    if (
      !(window.left && cached === pfn) &&
      window.file === memslot.file &&
      index < window.end &&
      window.start < index + pages
    )
      yield {
        invariant: "I10",
        object: memslot.file,
        text: `Page ${index} of ${memslot.file} was mapped while a punch of [${window.start},${window.end}) frees.`,
      };
  const inside = gfn >= memslot.baseGfn && gfn + pages <= memslot.baseGfn + memslot.npages;
  if (gfn % pages !== 0 || pfn % pages !== 0 || !inside || pages > 2 ** orderOf(world.memory, pfn as Pfn)) {
    const text = `A leaf of level ${level} at gfn ${gfn} of ${vm} is not aligned, or leaves its slot or its folio.`;
    yield { invariant: "I14", object: vm, text };
  }
}
