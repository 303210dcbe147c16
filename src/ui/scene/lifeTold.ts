// SPDX-License-Identifier: GPL-2.0-only
// What was told that a page's state does not show: which memslots heard that it is about to go and which did not, what
// became of faults on it, and who has read it when it was another's already.

import type { LabEvent, Play } from "../../engine/index.ts";
import { errnoText, operationOf } from "../text/names.ts";
import type { Said } from "./lifeMoment.ts";
import type { Followed } from "./lifeSight.ts";

type LabStep = Play["recording"]["steps"][number];

/** A punch that is under way and comes for the page. */
interface Punch {
  /** Memslot objects that heard its start. */
  readonly told: Set<number>;
  /** Its start walk is over. */
  walked: boolean;
  /** Memslot objects that were entered in the file's store after that. */
  readonly late: Set<number>;
}

/** What has been heard so far. */
export interface Heard {
  readonly play: Play;
  readonly own: Followed;
  /** The memslot objects that hold the page, by id, all that ever did; and those of them that guests see now. */
  readonly holding: ReadonlySet<number>;
  readonly visible: Set<number>;
  /** By task. */
  readonly punches: Map<number, Punch>;
  /** Starts without their end, by memslot object. */
  readonly open: Map<number, number>;
  /** VMs in which the page was zapped, and no flush has followed so far. */
  readonly zapped: Set<string>;
}

/** Before the first step of `play`. */
export function newHeard(play: Play, own: Followed): Heard {
  const holding = new Set(
    play.memslots.flatMap(({ id, file, pgoff, npages }) =>
      file === own.file && pgoff <= own.page && own.page < pgoff + npages ? [id as number] : [],
    ),
  );
  const vms = Object.values(play.recording.checkpoints[0]?.world.vms ?? {});
  const visible = new Set(vms.flatMap(({ slotsByGfn }) => slotsByGfn).filter((id) => holding.has(id)));
  return {
    ...{ play, own, holding, visible: new Set<number>(visible) },
    ...{ punches: new Map(), open: new Map(), zapped: new Set() },
  };
}

/** The memslots through which guests see the page when the run begins. */
export const covering = ({ play, visible, own }: Heard): Said[] =>
  [...visible].map((id) => {
    const { baseGfn, pgoff } = play.memslots[id]!;
    return { kind: "slot", text: `${nameOf({ play }, id)} has it at gfn ${baseGfn + own.page - pgoff}` };
  });

/** What an event of `step` means to whoever holds the page. */
export function hear(heard: Heard, step: LabStep, event: LabEvent): Said[] {
  const { own, holding, visible, punches, open } = heard;
  const punch = punches.get(step.task);
  switch (event.type) {
    case "walk.begun":
      if (event.edge === "start" && event.file === own.file && isFor(own, event))
        punches.set(step.task, { told: new Set(), walked: false, late: new Set() });
      return [];
    case "walk.ended":
      if (punch === undefined || event.edge !== "start") return [];
      punch.walked = true;
      return visible.size === 0 ? [{ kind: "notTold", text: "no call is about it: no slot has it" }] : [];
    case "poison.entered":
      if (event.file !== own.file || event.index !== own.page || event.pfn === null) return [];
      return [{ kind: "bad", text: `went bad: pfn ${event.pfn}` }];
    case "inodes.searched":
      if (event.file !== own.file || event.index !== own.page) return [];
      return [{ kind: "notTold", text: "nobody hears that it is bad" }];
    case "notifier.start":
      if (!holding.has(event.notifier) || !event.hit || !isFor(own, event)) return [];
      punch?.told.add(event.notifier);
      open.set(event.notifier, (open.get(event.notifier) ?? 0) + 1);
      return [{ kind: "told", text: `${nameOf(heard, event.notifier)} was told: start` }];
    case "notifier.end":
      if (!holding.has(event.notifier) || !event.hit || !isFor(own, event)) return [];
      return [endOf(heard, event)];
    case "notifier.registered":
    case "notifier.bound":
      if (holding.has(event.notifier))
        for (const other of punches.values()) if (other.walked) other.late.add(event.notifier);
      return [];
    case "slot.visible":
      if (!holding.has(event.notifier)) return [];
      visible.add(event.notifier);
      return covering({ ...heard, visible: new Set([event.notifier]) });
    case "slot.invisible":
      if (!visible.delete(event.notifier)) return [];
      return [{ kind: "slot", text: `${nameOf(heard, event.notifier)} is taken away` }];
    case "slot.freed":
      if ((open.get(event.notifier) ?? 0) === 0) return [];
      return [{ kind: "unpaired", text: `${nameOf(heard, event.notifier)} is freed: its end never comes` }];
    case "lock.waited":
      return event.lock === `${own.file}/rm->lock` ? waiting(heard, step) : [];
    case "shmem.punched":
      if (punch === undefined || event.file !== own.file || !wasFreed(own, event)) return [];
      return [...visible]
        .filter((id) => !punch.told.has(id))
        .map((id) => ({
          kind: "notTold",
          text: `${nameOf(heard, id)} not told${punch.late.has(id) ? ": came after the walk" : ""}`,
        }));
    case "operation.returned":
      punches.delete(step.task);
      return [];
    case "spte.zapped":
      if (event.zapped.some(([start, end]) => hasGfn(own, event.vm, start, end))) heard.zapped.add(event.vm);
      return [];
    case "tlb.flushed":
      return heard.zapped.delete(event.vm) ? [{ kind: "flushed", text: `flushed in ${event.vm}` }] : [];
    case "page.refused":
      if (event.file !== own.file || event.index !== own.page) return [];
      return [{ kind: "notTold", text: `a fault gets no page: ${errnoText(event.errno)}` }];
    case "fault.retried":
      return hasGfn(own, event.vm, event.gfn) ? retried(event) : [];
    case "guest.read":
    case "guest.wrote":
      if (!event.stale || !hasGfn(own, event.vm, event.gfn)) return [];
      return [
        {
          kind: "stale",
          text: `${event.vcpu} has ${event.type === "guest.read" ? "read" : "written"} there`,
        },
      ];
    default:
      return [];
  }
}

/** Whether the page stands at a gfn of [start, end) in `vm`. */
const hasGfn = ({ gfns }: Followed, vm: string, start: number, end = start + 1): boolean =>
  gfns.some((at) => at.vm === vm && start <= at.gfn && at.gfn < end);

function retried({ because }: Extract<LabEvent, { type: "fault.retried" }>): Said[] {
  switch (because) {
    case "count":
      return [{ kind: "back", text: "fault sent back: a bracket is open" }];
    case "seq":
      return [{ kind: "back", text: "fault sent back: a bracket has ended" }];
    case "slot":
      return [{ kind: "back", text: "fault sent back: the slot is going" }];
    default:
      return [{ kind: "back", text: `fault sent back: ${errnoText(because)}` }];
  }
}

/** Whether [start, end) has the page. */
const isFor = ({ page }: Followed, { start, end }: { start: number; end: number }): boolean =>
  start <= page && page < end;

const wasFreed = ({ page }: Followed, { freed }: Extract<LabEvent, { type: "shmem.punched" }>): boolean =>
  freed.some(([start, end]) => start <= page && page < end);

/** `slot 3`, or `slot vm1/3` where the machine has several VMs, as the rows have it. */
function nameOf({ play }: Pick<Heard, "play">, id: number): string {
  const { vm, slot } = play.memslots[id]!;
  return play.scenario.vms.size > 1 ? `slot ${vm}/${slot}` : `slot ${slot}`;
}

function endOf(heard: Heard, event: Extract<LabEvent, { type: "notifier.end" }>): Said {
  const { open } = heard;
  const starts = open.get(event.notifier) ?? 0;
  open.set(event.notifier, Math.max(0, starts - 1));
  const text = `${nameOf(heard, event.notifier)} was told: end`;
  return starts > 0 ? { kind: "told", text } : { kind: "unpaired", text: `${text}, without a start` };
}

/** A memslot that comes or goes has to wait until the punch lets the file's lock go. */
function waiting(heard: Heard, step: LabStep): Said[] {
  const operation = operationOf(heard.play, step);
  if (operation?.op !== "createSlot" && operation?.op !== "deleteSlot") return [];
  const { vm, slot } = operation;
  const its = heard.play.memslots.find((it) => heard.holding.has(it.id) && it.vm === vm && it.slot === slot);
  return its === undefined ? [] : [{ kind: "slot", text: `${nameOf(heard, its.id)} waits for rm->lock` }];
}
