// SPDX-License-Identifier: GPL-2.0-only
// The keys as the help lists them.

import type { Command } from "../../player/keyboard.ts";

/** A line of the list. */
export interface KeyLine {
  /** As they stand on a keyboard; two where one goes on and the other back. */
  readonly keys: readonly string[];
  readonly does: string;
  readonly commands: readonly Command[];
}

interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: "Play",
    lines: [
      { keys: ["Space"], does: "play or pause", commands: ["playOrPause"] },
      { keys: ["←", "→"], does: "one step", commands: ["back", "forward"] },
      {
        keys: ["Shift ←", "Shift →"],
        does: "a step that is not wasted",
        commands: ["backNotWasted", "forwardNotWasted"],
      },
      { keys: ["Home", "End"], does: "first or last step", commands: ["first", "last"] },
      { keys: ["[", "]"], does: "slower or faster", commands: ["slower", "faster"] },
    ],
  },
  {
    title: "Jump",
    lines: [
      {
        keys: ["N", "Shift N"],
        does: "next or previous needed call",
        commands: ["nextNeeded", "previousNeeded"],
      },
      { keys: ["H", "Shift H"], does: "next or previous punch", commands: ["nextPunch", "previousPunch"] },
      {
        keys: ["F", "Shift F"],
        does: "next or previous finding",
        commands: ["nextFinding", "previousFinding"],
      },
    ],
  },
  {
    title: "Look",
    lines: [
      { keys: ["+", "-"], does: "64 times nearer or farther", commands: ["nearer", "wider"] },
      { keys: ["1"], does: "both designs", commands: ["both"] },
      { keys: ["2", "3"], does: "the upper or the lower design alone", commands: ["upper", "lower"] },
      { keys: ["S"], does: "swap the designs", commands: ["swap"] },
      { keys: ["C"], does: "the code that runs", commands: ["code"] },
      { keys: ["E"], does: "timeline or event log", commands: ["timeline"] },
      { keys: ["O"], does: "a recording's overview or its steps", commands: ["overview"] },
      { keys: ["L"], does: "one page's life, or close it", commands: ["life"] },
      { keys: ["V"], does: "the lab or the fan-out view", commands: ["view"] },
      { keys: ["T"], does: "dark or light", commands: ["theme"] },
    ],
  },
  {
    title: "Do",
    lines: [
      { keys: ["P"], does: "punch a hole of your own", commands: ["punch"] },
      { keys: ["Esc"], does: "let go of what is lit or chosen", commands: ["letGo"] },
      { keys: ["?"], does: "this list", commands: ["help"] },
    ],
  },
];
