// SPDX-License-Identifier: GPL-2.0-only
// I30-I32: faults come to an end, and punches do.

import { vcpuName } from "../../../kernel/kvm/vcpu.ts";
import type { Breach } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** What a vCPU's fault has been through since it was first sent back. */
interface Tried {
  retries: number;
  /** Brackets of its VM that had ended before. */
  readonly endsBefore: number;
}

/** Which walks a punch has been through. */
interface Walks {
  readonly file: string;
  begun: boolean;
  ended: boolean;
}

export function livenessRule(): Rule {
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
        case "fault.retried": {
          if (event.because !== "count" && event.because !== "seq") break;
          const ended = ends.get(event.vm) ?? 0;
          const before = tried.get(event.vcpu) ?? { retries: 0, endsBefore: ended };
          tried.set(event.vcpu, before);
          before.retries++;
          // Each retry but one is owed to a bracket that has ended meanwhile.
          if ((open.get(event.vm) ?? 0) === 0 && before.retries > ended - before.endsBefore + 2)
            found.push({
              invariant: "I30",
              object: event.vcpu,
              text: `${event.vcpu} has tried gfn ${event.gfn} ${before.retries} times in vain; ${ended - before.endsBefore} brackets have ended meanwhile.`,
            });
          break;
        }
        case "guest.read":
        case "guest.wrote":
          tried.delete(event.vcpu);
          break;
        case "walk.begun":
          if (event.edge === "start") punches.set(task, { file: event.file, begun: true, ended: false });
          break;
        case "walk.ended": {
          const walks = punches.get(task);
          if (walks && event.edge === "end") walks.ended = true;
          break;
        }
        case "operation.returned": {
          const walks = punches.get(task);
          punches.delete(task);
          if (walks && !walks.ended)
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
