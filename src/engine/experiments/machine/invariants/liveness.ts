// SPDX-License-Identifier: GPL-2.0-only
// I30-I32: faults come to an end, and punches do.

import { vcpuName } from "../../../kernel/kvm/vcpu.ts";
import type { Breach } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { isHostStopped } from "../world.ts";

/** What a vCPU's fault has been through. */
interface Tried {
  /** Retries while no bracket was open: one that is open may send a fault back as often as it likes. */
  retries: number;
  /** Brackets of its VM that had ended before its first snapshot. */
  readonly endsBefore: number;
}

/** Which walks a punch has been through: the start of the first, the end of the last. */
interface Walks {
  readonly file: string;
  begun: boolean;
  ended: boolean;
}

export function livenessRule(): Rule {
  /** By task: the fault of the vCPU that it runs, until it is handled. */
  const tried = new Map<string, Tried>();
  const ends = new Map<string, number>();
  const open = new Map<string, number>();
  const punches = new Map<string, Walks>();
  let found: Breach[] = [];

  return {
    tell(task, event) {
      switch (event.type) {
        case "bracket.begun":
          open.set(event.vm, event.count);
          break;
        case "bracket.ended":
          open.set(event.vm, event.count);
          ends.set(event.vm, (ends.get(event.vm) ?? 0) + 1);
          break;
        case "fault.begun":
          if (!tried.has(task)) tried.set(task, { retries: 0, endsBefore: ends.get(event.vm) ?? 0 });
          break;
        case "fault.retried": {
          if (event.because !== "count" && event.because !== "seq") break;
          const before = tried.get(task);
          if (before === undefined || (open.get(event.vm) ?? 0) !== 0) break;
          before.retries++;
          const meanwhile = (ends.get(event.vm) ?? 0) - before.endsBefore;
          // Each retry but one is owed to a bracket that has ended meanwhile.
          if (before.retries > meanwhile + 1)
            found.push({
              invariant: "I30",
              object: event.vcpu,
              text: `${event.vcpu} has tried gfn ${event.gfn} ${before.retries} times in vain; ${meanwhile} brackets have ended meanwhile.`,
            });
          break;
        }
        case "spte.installed":
        case "fault.spurious":
          tried.delete(task);
          break;
        case "punch.begun":
          punches.set(task, { file: event.file, begun: false, ended: false });
          break;
        case "walk.begun": {
          const walks = punches.get(task);
          if (walks) walks.begun = true;
          break;
        }
        case "walk.ended": {
          const walks = punches.get(task);
          if (walks && event.edge === "end") walks.ended = true;
          break;
        }
        case "operation.returned": {
          const walks = punches.get(task);
          punches.delete(task);
          tried.delete(task);
          // What is refused at the door has no walk at all.
          if (walks?.begun && !walks.ended)
            found.push({
              invariant: "I32",
              object: walks.file,
              text: `A punch of ${walks.file} has returned after its start walk, without an end walk.`,
            });
          break;
        }
      }
    },
    look(_world, _atRest, report) {
      if (found.length === 0) return;
      report("liveness", found);
      found = [];
    },
    close(world, report) {
      // Of a host that has stopped nothing comes to its end.
      if (isHostStopped(world)) return;
      for (const [task, { file }] of punches) {
        const text = `A punch of ${file} by ${task} never comes to its end: nothing is left that could take it on.`;
        report(`punch of ${task}`, [{ invariant: "I32", object: file, text }]);
      }
      for (const kvm of Object.values(world.vms))
        for (const vcpu of kvm.vcpus) {
          if (vcpu.state !== "retrying") continue;
          const object = vcpuName(kvm, vcpu);
          const text = `${object} faults on gfn ${vcpu.fault?.gfn} again and again, and nothing is left that could change that.`;
          report(object, [{ invariant: "I31", object, text }]);
        }
    },
  };
}
