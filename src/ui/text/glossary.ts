// SPDX-License-Identifier: GPL-2.0-only
// What the words of captions and row names mean, each in a line that fits the caption. Fetched on demand. The facts
// are those of the kernel's own documentation and source, for x86-64 and for the designs that are shown here.

export interface Term {
  readonly name: string;
  /** As it stands in sentences beside its name: other forms, and other words for the same. */
  readonly also: readonly string[];
  /** As it stands in the names of rows and figures only. */
  readonly labels: readonly string[];
  /** Without the name in front, and without a full stop. */
  readonly says: string;
}

const term = (
  name: string,
  says: string,
  also: readonly string[] = [],
  labels: readonly string[] = [],
): Term => ({ name, also, labels, says });

/** In alphabetical order, capitals or not. */
export const GLOSSARY: readonly Term[] = [
  term("bind", "ties a range of a file to a memslot, so that a punch there finds it", [
    ...["binds", "bound", "binding", "bindings"],
  ]),
  term(
    "bracket",
    "from a start to its end; meanwhile nothing in its range may be mapped anew",
    ["brackets"],
    ["start · end"],
  ),
  term("EPT", "Intel's tables from guest to host memory, which the processor walks itself"),
  term("exclusive", "at most one memslot may be bound to a page of the file"),
  term("fallocate", "system call that adds pages to a file, or punches them out of it"),
  term("fault", "an access for which the tables have no entry; KVM looks for the page and maps it", [
    ...["faults", "fault again"],
  ]),
  term("file page", "4,096 bytes of a file; where there is none the file has a hole", [], ["file pages"]),
  term("flush", "makes every vCPU of a VM drop the translations that it has cached", [
    ...["flushes", "flushed"],
  ]),
  term("folio", "2^order pages handled as one: order 0 is 4 KiB, 9 is 2 MiB, 18 is 1 GiB", ["folios"]),
  term("generation", "how often a page frame was freed; a mapping with an older one is stale"),
  term("gfn", "number of a page of the guest's memory: its physical address there / 4,096", ["gfns"]),
  term("grace period", "the wait until every reader that was at work has finished"),
  term("hole", "part of a file that has no page; a touch of the guest puts a new one there", ["holes"]),
  term("i_size", "a file's size in bytes; with a shim only that of the inner file counts"),
  term("inner file", "the tmpfs file behind the shim: it owns the pages, and has a size and a lock"),
  term("inode->lock", "lock of the inner file: taken to add pages to it or to punch them out"),
  term("invalidate_end", "call once the pages are freed: it closes the bracket, so faults may map again"),
  term("invalidate_start", "call before pages are freed: it opens a bracket, zaps and flushes"),
  term("KEEP_SIZE", "flag of fallocate: the file's size stays, whatever is added or freed"),
  term("kick", "forces a vCPU out of the guest, so that it sees what it was asked to do", [
    "kicks",
    "kicked",
  ]),
  term("KVM", "the part of Linux that runs guests and keeps the tables of their memory"),
  term("KVM_SET_USER_MEMORY_REGION", "ioctl: makes a memslot, or with size 0 deletes it"),
  term("leaf", "an SPTE that maps memory: 4 KiB, 2 MiB or 1 GiB. Others lead to a table", ["smaller leaves"]),
  term("mapping", "an SPTE through which the guest reaches a page", ["mappings"], ["mapped", "maps"]),
  term("memfd_restricted", "system call that makes a restrictedmem file"),
  term("memslot", "a range of gfns, and where its memory comes from", ["memslots", "slot", "slots"]),
  term("mmu notifier", "tells KVM that the host is about to take ordinary user memory away"),
  term("mmu_invalidate_in_progress", "the VM's open brackets; unless it is 0, faults in range retry", [
    "in_progress",
  ]),
  term("mmu_invalidate_seq", "grows with each end; a fault that sees it grown since it began retries"),
  term("mmu_lock", "a VM's lock on its tables: faults take it for reading, zaps for writing"),
  term("notifier", "what a memslot hangs on the file, to be called before and after a punch", ["notifiers"]),
  term("NPT", "AMD's tables from guest to host memory, as EPT are Intel's"),
  term("ordinary slot", "a memslot whose memory is user memory of the host, and no restrictedmem"),
  term("PD", "table of level 2: an entry spans 2 MiB, as one leaf or as a PT"),
  term("PDPT", "table of level 3: an entry spans 1 GiB, as one leaf or as a PD"),
  term("pfn", "number of a page of the host's memory: its physical address / 4,096", ["pfns"]),
  term("pgoff", "number of a page in its file: the offset in bytes / 4,096", [], ["page offset"]),
  term("PML4", "table of level 4: an entry spans 512 GiB and leads to a PDPT"),
  term("PML5", "table of level 5, where there is one: an entry spans 256 TiB"),
  term("PT", "table of level 1: each of its 512 entries maps one page of 4 KiB"),
  term("punch", "frees the pages of a range; the file stays as long as it was", [
    ...["punches", "punched", "PUNCH_HOLE"],
  ]),
  term("RCU", "readers take no lock; whoever frees what they read waits for a grace period"),
  term("reference", "a hold on a page; it is free again once the last one is given back", ["references"]),
  term("register", "puts a notifier on the list of a file: it hears of all pages, not only its own", [
    "registers",
  ]),
  term("restrictedmem", "memory for guests in a file that user space cannot read, write or map"),
  term("RET_PF_RETRY", "what a fault ends with that came at a bad time: the guest faults again", [
    ...["retry", "retries"],
  ]),
  term("rm->lock", "guards a file's list or xarray: a mutex under LIST, an rwsem under XARRAY"),
  term("shim", "the outer file, which user space holds: without read, write and mmap"),
  term("slots_lock", "a VM's mutex: one change of its memslots at a time"),
  term("SPTE", "entry of KVM's tables: maps guest memory to host memory, or leads to a table", ["SPTEs"]),
  term("SRCU", "RCU whose readers may sleep; kvm->srcu guards the memslots that faults read", ["kvm->srcu"]),
  term("stale", "leads to a page frame that was freed since, and may be somebody else's"),
  term("table", "512 SPTEs: the one for a gfn maps memory, leads to a table below, or is empty", ["tables"]),
  term("TDP", "two-dimensional paging, KVM's one name for EPT and NPT"),
  term("TLB", "a vCPU's cache of translations; what is zapped stays in it until a flush", ["TLBs"]),
  term("tmpfs", "the file system in memory that the inner file belongs to"),
  term("tracked range", "spans all gfns whose invalidation was begun since the count rose to 1"),
  term("unbind", "takes a range of a file away from its memslot again", ["unbinds"]),
  term("unevictable", "never swapped out"),
  term("unmovable", "never moved to another page frame"),
  term("unregister", "takes a notifier off the list of the file", ["unregisters"]),
  term("vCPU", "a processor of the guest: a thread of the host that enters guest mode", ["vCPUs"]),
  term("walk", "goes through notifiers or bindings and calls them: once to start, once to end", ["walks"]),
  term(
    "xa_node",
    "node of an xarray: 64 slots, each of which spans 2^shift indices",
    ["xa_nodes", "slot of the xarray", "slots of the xarray"],
    ["shift", "xa slots"],
  ),
  term("xarray", "the kernel's radix tree; one entry can stand for a whole range of indices", ["xarrays"]),
  term("zap", "makes an SPTE non-present, so that the guest's next access faults", ["zaps", "zapped"]),
];

/** What a sentence is made of: words that are no term, and words that are. */
export type Piece = string | { readonly text: string; readonly term: Term };

/** `text` in its order, with each term where it stands first. */
export function termsIn(text: string): Piece[] {
  const seen = new Set<Term>();
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(IN_SENTENCES)) {
    const known = BY_WORD.get(word);
    if (known === undefined || seen.has(known)) continue;
    seen.add(known);
    if (index > from) pieces.push(text.slice(from, index));
    pieces.push({ text: word, term: known });
    from = index + word.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** The term called `name`, or null. */
export const termNamed = (name: string): Term | null => GLOSSARY.find((each) => each.name === name) ?? null;

/** The term that the name of a row or a figure has in it, the first of several; or null. */
export function termOfLabel(label: string): Term | null {
  const [word] = label.match(IN_LABELS) ?? [];
  return word === undefined ? null : (BY_WORD.get(word) ?? null);
}

const words = ({ name, also }: Term) => [name, ...also];
const withLabels = (each: Term) => [...words(each), ...each.labels];

const BY_WORD: ReadonlyMap<string, Term> = new Map(
  GLOSSARY.flatMap((each) => withLabels(each).map((word) => [word, each])),
);

/** Whole words only: `slots` is none in `slots_lock`, and `lock` is none in `rm->lock`. The longest one counts. */
function anyOf(all: readonly string[]): RegExp {
  const longestFirst = [...all].sort((a, b) => b.length - a.length);
  const literal = longestFirst.map((word) => word.replace(/[\^$.*+?()[\]{}|\\]/g, "\\$&"));
  return new RegExp(String.raw`(?<![\w>/-])(?:${literal.join("|")})(?![\w/]|-[\w>])`, "g");
}

const IN_SENTENCES = anyOf(GLOSSARY.flatMap(words));
const IN_LABELS = anyOf(GLOSSARY.flatMap(withLabels));
