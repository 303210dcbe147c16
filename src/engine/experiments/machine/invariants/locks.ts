// SPDX-License-Identifier: GPL-2.0-only
// I21-I25: what must be held while something changes, and in which order it may be taken.

import type { LabEvent } from "../events.ts";
import type { Breach, InvariantId } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** What a task holds: locks with their mode, read sections as if they were locks. */
type Held = Map<string, "read" | "write">;

/**
 * From the outermost to the innermost. A task takes only what stands further down than all that it holds; so the spinlock
 * comes last, and nobody sleeps on another lock while he holds it (T-w).
 */
const ORDER = ["slots_lock", "rm->lock", "kvm->srcu", "inode->lock", "mmu_lock", "s_inode_list_lock"];

const rankOf = (lock: string): number => ORDER.indexOf(lock.slice(lock.indexOf("/") + 1));

/** The rule for one run. `heldOverPunch`: the design keeps its lock from the start walk to the end walk (I22). */
export function lockRule(heldOverPunch: boolean): Rule {
  const held = new Map<string, Held>();
  /** Tasks between their start walk and the end of their end walk, with the file. */
  const walking = new Map<string, string>();
  let found: Breach[] = [];

  const heldBy = (task: string): Held => {
    const known = held.get(task) ?? new Map<string, "read" | "write">();
    held.set(task, known);
    return known;
  };
  const breach = (invariant: InvariantId, object: string, text: string) =>
    found.push({ invariant, object, text });

  const take = (task: string, lock: string, mode: "read" | "write") => {
    const mine = heldBy(task);
    for (const other of mine.keys())
      if (rankOf(other) >= rankOf(lock))
        breach(
          "I24",
          lock,
          `${task} takes ${lock} while it holds ${other}, which comes after it in the order.`,
        );
    mine.set(lock, mode);
  };

  const need = (
    task: string,
    lock: string,
    mode: "read" | "write",
    invariant: InvariantId,
    object: string,
    does: string,
  ) => {
    const has = heldBy(task).get(lock);
    if (has === "write" || has === mode) return;
    breach(
      invariant,
      object,
      `${task} ${does} without holding ${lock}${mode === "write" ? " for writing" : ""}.`,
    );
  };

  return {
    tell(task, event) {
      switch (event.type) {
        case "lock.taken":
          take(task, event.lock, event.mode);
          break;
        case "srcu.entered":
          take(task, event.srcu, "read");
          break;
        case "srcu.left":
          heldBy(task).delete(event.srcu);
          break;
        case "lock.released":
          heldBy(task).delete(event.lock);
          if (heldOverPunch && walking.has(task) && event.lock === `${walking.get(task)}/rm->lock`)
            breach(
              "I22",
              event.lock,
              `${task} lets ${event.lock} go between the start and the end of its punch.`,
            );
          break;
        case "walk.begun":
          if (event.edge === "start") walking.set(task, event.file);
          if (heldOverPunch)
            need(task, `${event.file}/rm->lock`, "read", "I22", event.file, "walks the bindings");
          break;
        case "walk.ended":
          if (event.edge === "end") walking.delete(task);
          break;
        case "notifier.registered":
        case "notifier.unregistered":
        case "notifier.bound":
        case "notifier.unbound":
          need(task, `${event.file}/rm->lock`, "write", "I21", event.file, "changes who is notified");
          break;
        case "spte.installed":
          need(task, `${event.vm}/mmu_lock`, "read", "I23", event.vm, "installs a leaf");
          break;
        case "spte.zapped":
          need(task, `${event.vm}/mmu_lock`, "write", "I23", event.vm, "zaps");
          break;
        case "bracket.begun":
        case "bracket.ended":
          need(task, `${event.vm}/mmu_lock`, "write", "I23", event.vm, "changes the count");
          break;
        case "vcpu.entered":
          outside(task, event);
          break;
      }
    },
    look(_world, _atRest, report) {
      if (found.length === 0) return;
      report("locks", found);
      found = [];
    },
  };

  function outside(task: string, { vcpu }: Extract<LabEvent, { type: "vcpu.entered" }>) {
    for (const lock of heldBy(task).keys())
      breach("I25", vcpu, `${vcpu} enters the guest while ${task} holds ${lock}.`);
  }
}
