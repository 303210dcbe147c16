// SPDX-License-Identifier: GPL-2.0-only
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readMtree } from "./mtree.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const BALLOON = read("../../../../public/captures/qemu-q35-linux-balloon.mtree.txt");

/** A map whose flat view of `system` holds `rows`. */
const mapOf = (...rows: string[]) =>
  ["FlatView #0", ' AS "memory", root: system', " Root memory region: system", ...rows, ""].join("\n");
const row = (start: number, end: number, rest: string) => {
  const hex = (n: number) => n.toString(16).padStart(16, "0");
  return `  ${hex(start)}-${hex(end - 1)} (prio 0, ${rest}`;
};

function rowsOf(text: string) {
  const read = readMtree(text);
  if (!read.ok) throw new Error(read.problem);
  return read.map.rows.map(({ start, end, block, offset }) => [
    Number(start),
    Number(end),
    block,
    Number(offset),
  ]);
}

function problemOf(text: string) {
  const read = readMtree(text);
  return read.ok ? null : read.problem;
}

describe("readMtree()", () => {
  it("finds the balloon machine's four blocks, each as large as the map shows it", () => {
    const read = readMtree(BALLOON);
    expect(read.ok && read.map.blocks).toEqual([
      { name: "ram0", bytes: 2n ** 30n },
      { name: "vga.vram", bytes: 2n ** 24n },
      { name: "pc.bios", bytes: 2n ** 18n },
      { name: "vmem", bytes: 2n ** 28n },
    ]);
    expect(read.ok && read.map.rows).toHaveLength(10);
  });

  it("takes rows of ram and rom, also of NVDIMMs, and no others", () => {
    const rows = ["ram): a", "rom): b", "nv-ram): c", "i/o): d", "romd): e", "ramd): f"].map((rest, i) =>
      row(i * 4096, (i + 1) * 4096, rest),
    );
    expect(rowsOf(mapOf(...rows)).map(([, , block]) => block)).toEqual(["a", "b", "c"]);
  });

  it("takes offset, accelerator and owner off a name, and leaves a name's own spaces", () => {
    const at = "@0000000000100000";
    for (const rest of [
      `ram): pc ram ${at}`,
      `ram): pc ram ${at} KVM`,
      `ram): pc ram ${at} KVM KVM owner:{obj id=x}`,
    ]) {
      expect(rowsOf(mapOf(row(0, 4096, rest)))).toEqual([[0, 4096, "pc ram", 0x100000]]);
    }
    expect(rowsOf(mapOf(row(0, 4096, "ram): pc.ram KVM")))).toEqual([[0, 4096, "pc.ram", 0]]);
  });

  it("counts the flat view of system alone, whichever comes first", () => {
    const io = ["FlatView #1", " Root memory region: io", row(0, 4096, "ram): io-ram")];
    const bus = ["FlatView #2", " Root memory region: bus master container", row(0, 4096, "ram): bus-ram")];
    for (const text of [
      [...io, mapOf(row(0, 4096, "ram): a"))].join("\n"),
      `${mapOf(row(0, 4096, "ram): a"))}\n${[...bus, ...io].join("\n")}`,
      `${mapOf(row(0, 4096, "ram): a"))}\n${mapOf(row(0, 4096, "ram): second"))}`,
    ]) {
      expect(rowsOf(text)).toEqual([[0, 4096, "a", 0]]);
    }
  });

  it("puts rows in the order of guest addresses, and reads line ends of either kind", () => {
    const text = mapOf(row(8192, 12288, "ram): b"), row(0, 4096, "ram): a"));
    expect(rowsOf(text).map(([, , block]) => block)).toEqual(["a", "b"]);
    expect(rowsOf(text.replaceAll("\n", "\r\n"))).toEqual(rowsOf(text));
  });

  it("passes over rows that no guest and no file can have", () => {
    const rows = [
      "  0000000000001000-0000000000000fff (prio 0, ram): backwards",
      "  0000000000000000-ffffffffffffffff (prio 0, ram): all",
      `${row(0, 4096, "ram): far")} @7fffffffffffffff`,
      row(0, 4096, "ram): \u0007"),
      row(0, 4096, `ram): ${"x".repeat(5000)}`),
      row(0, 4096, "ram): a"),
    ];
    expect(rowsOf(mapOf(...rows))).toEqual([[0, 4096, "a", 0]]);
  });

  it.each([
    ["", /no memory map; expected .*info mtree -f/],
    ["memory-region: system\n  0000000000000000-ffffffffffffffff (prio 0, i/o): system\n", /no memory map/],
    ['21380 memfd_create("x", 0) = 8\n', /no memory map/],
    ["FlatView #0\n Root memory region: io\n", /no flat view whose root is "system".*only of io/],
    [mapOf("  No rendered FlatView"), /no row of ram or rom/],
  ])("says what %j is instead of a map", (text, message) => expect(problemOf(text)).toMatch(message));

  it("takes a line of ten million characters, and 200,000 rows, in its stride", () => {
    expect(problemOf(" ".repeat(10_000_000))).toMatch(/no memory map/);
    expect(problemOf(`FlatView #0\n${"0".repeat(10_000_000)}`)).toMatch(/no flat view/);
    const rows = Array.from({ length: 200_000 }, (_, i) => row(i * 8192, i * 8192 + 4096, `ram): b${i}`));
    expect(rowsOf(mapOf(...rows))).toHaveLength(200_000);
  }, 30_000);
});
