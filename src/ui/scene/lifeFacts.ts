// SPDX-License-Identifier: GPL-2.0-only
// What a page is at a step, in five figures.

import type { Life } from "./life.ts";
import { sightAt } from "./life.ts";
import type { Sight } from "./lifeSight.ts";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Frame, generation, references, who wrote last, who maps it. Of a page that is gone its last frame is told about. */
export function factsOf(life: Life, step: number): readonly Fact[] {
  const sight = sightAt(life, step);
  const frame = sight.frames.at(-1);
  if (frame === undefined) return [{ name: "pfn", value: "none" }, mappedBy(sight)];
  return [
    { name: "pfn", value: sight.frame === null ? `was ${frame.pfn}` : `${frame.pfn}` },
    { name: "generation", value: `${frame.generationNow}` },
    { name: "references", value: `${frame.refs}` },
    { name: "written by", value: frame.writer ?? "nobody" },
    mappedBy(sight),
  ];
}

function mappedBy({ reaches }: Sight): Fact {
  const names = new Set(reaches.map(({ vm, vcpu }) => vcpu ?? vm));
  return { name: "mapped by", value: names.size === 0 ? "nobody" : [...names].join(", ") };
}
