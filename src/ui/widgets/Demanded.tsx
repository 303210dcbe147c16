// SPDX-License-Identifier: GPL-2.0-only
import { type ReactNode, useSyncExternalStore } from "react";
import { Button } from "./Button.tsx";
import styles from "./Demanded.module.css";
import type { OnDemand } from "./onDemand.ts";

interface DemandedProps<T> {
  part: OnDemand<T>;
  /** What is fetched, as messages name it: "source". */
  what: string;
  children: (part: T) => ReactNode;
}

/** A part that is fetched when it is first drawn. A failure says so and leaves the rest of the page standing. */
export function Demanded<T>({ part, what, children }: DemandedProps<T>) {
  const now = useSyncExternalStore(part.subscribe, part.get);
  if (now.state === "ready") return children(now.value);
  if (now.state === "loading")
    return (
      <p className={styles.loading} aria-busy="true">
        Loading the {what}.
      </p>
    );
  return (
    <div className={styles.failed} role="alert">
      <p>
        The {what} could not be loaded. See that the page is still being served. ({now.why})
      </p>
      <Button onClick={part.retry}>Retry</Button>
    </div>
  );
}
