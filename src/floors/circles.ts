// SPDX-License-Identifier: GPL-2.0-only

/**
 * One circle of the graph, as the names along it with the first repeated at the end, or null where there is none.
 * Going from a name to itself is no circle. A name is left for good once all that it reaches is free of circles.
 */
export function circleOf(edges: readonly (readonly [from: string, to: string])[]): string[] | null {
  const next = new Map<string, string[]>();
  for (const [from, to] of edges) if (from !== to) next.set(from, [...(next.get(from) ?? []), to]);

  const free = new Set<string>();
  const path: string[] = [];
  const search = (name: string): string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (free.has(name)) return null;
    path.push(name);
    for (const other of next.get(name) ?? []) {
      const circle = search(other);
      if (circle !== null) return circle;
    }
    path.pop();
    free.add(name);
    return null;
  };
  for (const name of next.keys()) {
    const circle = search(name);
    if (circle !== null) return circle;
  }
  return null;
}
