// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { builtIn, COUNTER_IDS, parseScenario, printDocument, summaryLine } from "../../engine/index.ts";
import { LIVE_SLOTS_MAX, mostSlots, partLength } from "./parts.ts";
import type { Source } from "./protocol.ts";
import { partOf, reading } from "./reading.ts";
import { BYTES_MAX, piecesOf } from "./unpack.ts";

const CAPTURES = new URL("../../../public/captures/", import.meta.url);
const own = (name: string): Source => ({ name, blob: new Blob([readFileSync(new URL(name, CAPTURES))]) });
const text = (name: string, content: string | Uint8Array<ArrayBuffer>): Source => ({
  name,
  blob: new Blob([content]),
});
const LOG = own("qemu-q35-linux-balloon.strace.gz");
const MAP = own("qemu-q35-linux-balloon.mtree.txt");

const read = (log: Source, map: Source | null = null, builtIn: string | null = null) =>
  reading({ type: "read", log, map, builtIn }, () => {});

const tB1 = () => {
  const known = builtIn("t-b1");
  if (known === null || !("document" in known)) throw new Error("t-b1 is not in code");
  return known.document();
};

const PUNCH = "fallocate(3, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 0, 4096) = 0\n";
const SMALL =
  'ioctl(7, KVM_CREATE_VM, 0) = 8\nmemfd_create("x", 0) = 3\nftruncate(3, 65536) = 0\n' +
  "mmap(NULL, 65536, PROT_READ|PROT_WRITE, MAP_SHARED, 3, 0) = 0x7f0000000000\n" +
  "ioctl(8, KVM_SET_USER_MEMORY_REGION, {slot=0, flags=0, guest_phys_addr=0, memory_size=65536, userspace_addr=0x7f0000000000}) = 0\n";

describe("a recording that is read", () => {
  it("has its summary, its columns, and its bill under every design", async () => {
    const { view, document, bills } = await read(LOG, MAP);
    expect(summaryLine(view.summary!)).toMatch(
      /^8638 lines: .* 8632 punches, .* 0 unread, 8 slots from the map$/,
    );
    expect(view.every).toBe(256);
    expect(view.assumed).toEqual(["present", "mapped"]);
    expect(view.started).toBe("08:02:32.964252");
    expect(view.files.map(({ pages }) => pages)).toEqual([262_144, 65_536]);
    expect(view.blocks.filter(({ file }) => file !== null).map(({ block }) => block)).toEqual([
      "ram0",
      "vmem",
    ]);
    const { kind, start, end, time, file } = view.columns;
    expect(kind).toHaveLength(8_632);
    expect([file[0], start[0], end[0], time?.[0]]).toEqual([1, 0, 65_536, 151_599]);
    const totals = view.costs.map(({ variant, total }) => [variant, total.startCallbacks, total.wasted]);
    expect(totals).toEqual([
      ["v10", 60_268, 103_272],
      ["review", 8_632, 0],
      ["review-seed", 28, 0],
    ]);
    for (const { calls, freed, total } of view.costs) {
      expect(calls.reduce((sum, each) => sum + each, 0)).toBe(total.startCallbacks + total.endCallbacks);
      expect(freed.reduce((sum, each) => sum + each, 0)).toBe(total.pagesFreed);
    }
    expect(bills.map(({ counts }) => counts.length)).toEqual(Array(3).fill(34 * COUNTER_IDS.length));
    expect(document.tasks.VMM).toHaveLength(8_632);
  });

  it("of our own is the built-in scenario", async () => {
    const { document, view } = await read(LOG, MAP, "q35-balloon");
    expect(document.expect?.v10).toMatchObject({ punches: 8_632 });
    expect([view.name, view.builtIn]).toEqual(["q35-balloon", true]);
  });

  it("has a name by its content, packed or not", async () => {
    const [plain, packed, other] = await Promise.all([
      read(text("a", SMALL + PUNCH)),
      read(text("b.gz", new Uint8Array(gzipSync(SMALL + PUNCH)))),
      read(text("a", SMALL + PUNCH + PUNCH)),
    ]);
    expect(packed.view.print).toBe(plain.view.print);
    expect(other.view.print).not.toBe(plain.view.print);
  });

  it("has its file's name as far as a link can hold it", async () => {
    const named = async (name: string) => (await read(text(name, SMALL + PUNCH))).view.name;
    expect(await named("my vm \u{1f600}.strace")).toBe("my vm \u{1f600}.strace");
    expect(await named("a\nb\ud800c")).toBe("a\ufffdb\ufffdc");
    const long = await named("\u{1f600}".repeat(150));
    expect(() => encodeURIComponent(long)).not.toThrow();
    expect(long.length).toBeLessThanOrEqual(200);
    expect(await named("")).toBe("log");
  });

  it("says how far it is", async () => {
    const told: string[] = [];
    await reading({ type: "read", log: LOG, map: null, builtIn: null }, (doing, done, of) => {
      told.push(`${doing} ${done <= of}`);
    });
    expect(new Set(told)).toEqual(new Set(["reading true", "counting true"]));
  });

  it("may be a scenario that was saved: in parts where one task does it all, else whole", async () => {
    const saved = await read(
      text("saved.json", printDocument((await read(text("a", SMALL + PUNCH))).document)),
    );
    expect([saved.view.summary, saved.view.costs.length, saved.view.columns.kind.length]).toEqual([
      null,
      3,
      2,
    ]);
    const whole = await read(text("t-b1.json", printDocument(tB1())));
    expect([whole.view.costs.length, whole.bills.length]).toEqual([0, 0]);
    expect(parseScenario(printDocument(whole.document)).ok).toBe(true);
  });
});

describe("a log in which nothing happens", () => {
  const BEGUN = 'memfd_create("x", 0) = 3\nftruncate(3, 1073741824) = 0\n';

  it("shows the slots of its memory map, and no parts", async () => {
    const { bills, view, document } = await read(text("a", BEGUN), MAP);
    expect(document.setup?.length).toBeGreaterThan(0);
    expect([bills.length, view.costs.length, view.columns.kind.length]).toEqual([0, 0, 0]);
    expect(partOf({ bills, view, document }, 0)).toEqual({ document, before: null });
    expect(parseScenario(printDocument(document)).ok).toBe(true);
  });

  it("and that has no slots either is refused, with what to do", async () => {
    await expect(read(text("a", BEGUN))).rejects.toThrow(
      /^a has files of guest memory, but no memslot.*Record/,
    );
  });
});

describe("what cannot be read says where, what was expected, and what to do", () => {
  const refusals: [what: string, log: Source, map: Source | null, says: RegExp][] = [
    [
      "no text",
      text(
        "x.bin",
        new Uint8Array(5000).map((_, k) => (k * 97) & 255),
      ),
      null,
      /None of the .* lines of x\.bin .*Record one/,
    ],
    ["nothing at all", text("x", ""), null, /None of the 0 lines/],
    [
      "another program's log",
      text("x", 'read(3, "a", 1) = 1\n'),
      null,
      /is a call that sets up guest memory/,
    ],
    [
      "a damaged archive",
      text("x.gz", new Uint8Array(gzipSync(SMALL.repeat(50)).subarray(0, 60))),
      null,
      /gzip data of x\.gz is damaged/,
    ],
    ["no map", LOG, text("m", "hello"), /^m: this is no memory map/],
    ["a map of another machine", text("a", SMALL), MAP, /MiB|pages|not used|ram0/],
    [
      "a map that does not fit",
      own("qemu-q35-linux-balloon.strace.gz"),
      text(
        "m",
        `FlatView #0\n Root memory region: system\n  0000000000000000-00000000ffffffff (prio 0, ram): huge\n`,
      ),
      /huge/,
    ],
    ["no JSON", text("x.json", '{"format": }'), null, /^x\.json: line 1, column 12/],
    ["no scenario", text("x.json", '{"format":"restricted-memory-lab/1"}'), null, /^x\.json: .*title/],
  ];
  it.each(refusals)("%s", async (what, log, map, says) => {
    if (what === "a map of another machine") {
      // The log has memslot calls of its own: the map is put aside, and that is said.
      expect((await read(log, map)).view.notes.join()).toMatch(/not used/);
      return;
    }
    await expect(read(log, map)).rejects.toThrow(says);
  });

  it("an archive that holds more than anybody can read", async () => {
    const bomb = text("bomb.gz", new Uint8Array(gzipSync(Buffer.alloc(BYTES_MAX + 1), { level: 1 })));
    expect(bomb.blob.size).toBeLessThan(3_000_000);
    const whole = async () => {
      for await (const _ of piecesOf(bomb.blob, bomb.name));
    };
    await expect(whole()).rejects.toThrow(/more than 256 MiB/);
  });

  it("more memslots at once than anybody waits for", async () => {
    const lines: string[] = [SMALL];
    for (let vm = 0; vm < 3; vm++) {
      lines.push(`ioctl(7, KVM_CREATE_VM, 0) = ${20 + vm}\n`);
      for (let slot = 0; slot < 30_000; slot++)
        lines.push(
          `ioctl(${20 + vm}, KVM_SET_USER_MEMORY_REGION, {slot=${slot}, flags=0, guest_phys_addr=${slot * 4096}, memory_size=4096, userspace_addr=0x7f0000000000}) = 0\n`,
        );
    }
    await expect(read(text("many", lines.join("")))).rejects.toThrow(/90,001 memslots at once/);
  });
});

describe("how much is played at a time", () => {
  it("is what loads in a moment: fewer operations the more slots a punch calls", () => {
    expect([0, 8, 100, 1000, 4096, 32_764].map(partLength)).toEqual([256, 256, 58, 5, 1, 1]);
  });

  it("goes by the most slots that live at once, in one file", () => {
    const slot = (id: number, file: string) =>
      ({ op: "createSlot", vm: "vm0", slot: id, pages: 1, gfn: id, file, pgoff: id }) as const;
    const gone = (id: number) => ({ op: "deleteSlot", vm: "vm0", slot: id }) as const;
    const document = {
      ...tB1(),
      setup: [slot(0, "f0"), slot(1, "f1")],
      tasks: { T: [slot(2, "f0"), gone(0), slot(3, "f0"), gone(9), slot(3, "f1")] },
    };
    expect(mostSlots(document)).toEqual({ inFile: 2, inAll: 3 });
    expect(LIVE_SLOTS_MAX).toBeGreaterThan(2 * 32_764 - 1000);
  });
});
