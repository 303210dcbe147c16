// SPDX-License-Identifier: GPL-2.0-only
// The machine as the simulator knows it: tasks made of operations, a world that can be copied, events.

import { present } from "../../assert.ts";
import type { Model } from "../../sim/run.ts";
import { count } from "./counters.ts";
import { envOf } from "./env.ts";
import { isEvent, type LabEvent } from "./events.ts";
import type { Operation } from "./operation.ts";
import type { Perform } from "./perform.ts";
import { copyWorld, isHostStopped, type World } from "./world.ts";

/** The model of tasks that each `perform` a list of operations. Counts are kept as events are told. */
export function machineModel(
  tasks: ReadonlyMap<string, readonly Operation[]>,
  perform: Perform,
): Model<World, LabEvent> {
  return {
    tasks: [...tasks].map(([name, operations]) => ({ name, operations: operations.length })),
    begin(world, task, index, emit) {
      const operation = present(tasks.get(task)?.[index], () => `operation ${index} of task ${task}`);
      const env = envOf(world, task, (event) => {
        count(world, event);
        emit(event);
      });
      return perform(world, env, operation);
    },
    halted: isHostStopped,
    copy: copyWorld,
    reached: isEvent,
  };
}
