// SPDX-License-Identifier: GPL-2.0-only
// Something that is fetched when it is first wanted, once for all who want it, and again after a failure.

export type Demanded<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly why: string };

export interface OnDemand<T> {
  /** How it stands now; the same object until that changes. */
  get(): Demanded<T>;
  /** Calls `changed` after each change, and begins to fetch where nobody has. Returns what ends it. */
  subscribe(changed: () => void): () => void;
  /** Fetches again after a failure. */
  retry(): void;
}

export function onDemand<T>(fetch: () => Promise<T>): OnDemand<T> {
  const listeners = new Set<() => void>();
  let now: Demanded<T> = { state: "loading" };
  let asked = false;

  const become = (next: Demanded<T>) => {
    now = next;
    for (const changed of listeners) changed();
  };

  const ask = () => {
    asked = true;
    fetch().then(
      (value) => become({ state: "ready", value }),
      (error: unknown) =>
        become({ state: "failed", why: error instanceof Error ? error.message : String(error) }),
    );
  };

  return {
    get: () => now,
    subscribe(changed) {
      listeners.add(changed);
      if (!asked) ask();
      return () => listeners.delete(changed);
    },
    retry() {
      if (now.state !== "failed") return;
      become({ state: "loading" });
      ask();
    },
  };
}
