// SPDX-License-Identifier: GPL-2.0-only
// The open calls of one thread of control. A step resumes the innermost path alone, so it costs the same however
// many calls are open around it.

import { assert, present } from "../assert.ts";
import { type Gate, isCall, type Path } from "./gate.ts";
import { inside, NOWHERE, type Whereabouts } from "./whereabouts.ts";

interface Frame {
  readonly path: Path<unknown>;
  /** The calls that are open here, this one included. */
  readonly calls: Whereabouts;
}

export interface Stack {
  readonly frames: Frame[];
  /** What the outermost path returned, once it has. */
  returned: unknown;
}

/** A stack that has not begun to run `path`. */
export const newStack = (path: Path<unknown>): Stack => ({
  frames: [{ path, calls: NOWHERE }],
  returned: undefined,
});

/** The calls that are open around the innermost path. */
export const openCalls = ({ frames }: Stack): Whereabouts =>
  present(frames[frames.length - 1], "the innermost call").calls;

/** Gives `value` to the innermost path and lets it run on. Returns the gate it comes to, or null at the very end. */
export function advance(stack: Stack, value: unknown): Gate | null {
  const { frames } = stack;
  assert(frames.length > 0, "a path that has returned is resumed");
  for (;;) {
    const frame = present(frames[frames.length - 1], "the innermost call");
    const next = frame.path.next(value);
    value = undefined;
    if (next.done) {
      frames.pop();
      value = next.value;
      if (frames.length > 0) continue;
      stack.returned = value;
      return null;
    }
    if (!isCall(next.value)) return next.value;
    frames.push({ path: next.value.path, calls: inside(frame.calls, next.value.call) });
  }
}
