// SPDX-License-Identifier: GPL-2.0-only
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sorted } from "./sorted.ts";

const MAP = 'FlatView #0\n AS "memory", root: system\n Root memory region: system\n';
const LOG = "7 close(3) = 0\n".repeat(2_000);
const plain = (name: string, text: string) => new File([text], name);
const packed = (name: string, text: string) => new File([new Uint8Array(gzipSync(text))], name);

describe("sorted()", () => {
  it.each([plain, packed])("tells a log from a memory map by its content, packed or not", async (file) => {
    const both = await sorted([file("a", MAP), file("b", LOG)]);
    expect(both).toMatchObject({ log: { name: "b" }, map: { name: "a" } });
    expect(await sorted([file("m", MAP)])).toMatchObject({ log: null, map: { name: "m" } });
  });

  it("takes one of each, and says which are too many", async () => {
    expect(await sorted([plain("a", LOG), packed("b", LOG)])).toMatch(/^a and b are both taken for logs/);
    expect(await sorted([plain("a", MAP), packed("b", MAP)])).toMatch(/^a and b are both memory maps/);
  });

  it("leaves a damaged archive to whoever reads it", async () => {
    const cut = new File([new Uint8Array(gzipSync(LOG).subarray(0, 30))], "cut.gz");
    expect(await sorted([cut])).toMatchObject({ log: { name: "cut.gz" }, map: null });
  });
});
