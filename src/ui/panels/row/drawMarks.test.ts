// SPDX-License-Identifier: GPL-2.0-only
// Held against the least of a document that drawing needs: a list of children with attributes.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Mark } from "../../scene/mark.ts";
import { drawMarks } from "./drawMarks.ts";

class Drawn {
  readonly attributes = new Map<string, string>();
  readonly children: Drawn[] = [];
  parent: Drawn | null = null;
  textContent = "";
  writes = 0;
  readonly tag: string;
  constructor(tag: string) {
    this.tag = tag;
  }
  setAttribute(name: string, value: string) {
    this.writes++;
    this.attributes.set(name, value);
  }
  removeAttribute(name: string) {
    this.attributes.delete(name);
  }
  get firstElementChild(): Drawn | null {
    return this.children[0] ?? null;
  }
  get nextElementSibling(): Drawn | null {
    const among = this.parent?.children ?? [];
    return among[among.indexOf(this) + 1] ?? null;
  }
  remove() {
    this.parent?.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = null;
  }
  insertBefore(child: Drawn, next: Drawn | null) {
    child.remove();
    this.children.splice(next === null ? this.children.length : this.children.indexOf(next), 0, child);
    child.parent = this;
  }
}

// The files of a thread share their globals, and others ask whether there is a document.
beforeAll(() => {
  vi.stubGlobal("document", { createElementNS: (_: string, tag: string) => new Drawn(tag) });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const rect = (key: string, x: number, more: object = {}): Mark => ({
  ...{ shape: "rect", key, look: "slot", x, y: 0, width: 5, height: 5 },
  ...more,
});

const svg = () => new Drawn("svg");
const draw = (on: Drawn, marks: readonly Mark[]) => drawMarks(on as unknown as SVGSVGElement, marks);
const xs = (on: Drawn) => on.children.map((child) => child.attributes.get("x"));

it("an element is found again by its mark's key, wherever it moves, and the order is that of the marks", () => {
  const on = svg();
  draw(on, [rect("a", 1), rect("b", 2), rect("c", 3), rect("d", 4)]);
  const [a, b, c, d] = on.children;
  draw(on, [rect("d", 4), rect("b", 20), rect("e", 5), rect("a", 1)]);
  expect(xs(on)).toEqual(["4", "20", "5", "1"]);
  expect([on.children[0], on.children[1], on.children[3]]).toEqual([d, b, a]);
  expect(on.children).not.toContain(c);
});

it("what has not changed is not written again", () => {
  const on = svg();
  draw(on, [rect("a", 1), rect("b", 2)]);
  const before = on.children.map(({ writes }) => writes);
  draw(on, [rect("a", 1), rect("b", 7)]);
  expect(on.children.map(({ writes }, k) => writes - before[k]!)).toEqual([0, 1]);
});

it("a field that a mark no longer has is taken off", () => {
  const on = svg();
  draw(on, [rect("a", 1, { rx: 3 })]);
  expect(on.children[0]?.attributes.get("rx")).toBe("3");
  draw(on, [rect("a", 1)]);
  expect(on.children[0]?.attributes.has("rx")).toBe(false);
});

it("two marks of one key and different shapes are two elements, and words are text", () => {
  const on = svg();
  draw(on, [rect("a", 1), { shape: "text", key: "a", look: "note", x: 0, y: 0, text: "slot 3" }]);
  expect(on.children.map(({ tag, textContent }) => [tag, textContent])).toEqual([
    ["rect", ""],
    ["text", "slot 3"],
  ]);
});
