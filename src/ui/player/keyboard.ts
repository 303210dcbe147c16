// SPDX-License-Identifier: GPL-2.0-only
// Which key means what. A key that the focused control uses itself stays with that control.

export type Command =
  | "playOrPause"
  | "forward"
  | "back"
  | "first"
  | "last"
  | "nearer"
  | "wider"
  | "code"
  | "timeline"
  | "theme";

/** What the map reads of a keyboard event. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What the map reads of the focused element: its tag in lower case, its input type, its ARIA role. */
export interface Focused {
  readonly tag: string;
  readonly type: string;
  readonly role: string;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  " ": "playOrPause",
  ArrowRight: "forward",
  ArrowLeft: "back",
  Home: "first",
  End: "last",
  "+": "nearer",
  "=": "nearer", // the plus key of many keyboards, without Shift
  "-": "wider",
  c: "code",
  e: "timeline",
  t: "theme",
};

/** The command of a key, or null where it has none or belongs to the focused control. */
export function commandOf(pressed: Key, focused: Focused): Command | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const { key } = pressed;
  // A capital without Shift is Caps Lock, and means the same key.
  const command = COMMANDS[/^[A-Z]$/.test(key) && !pressed.shiftKey ? key.toLowerCase() : key];
  return command === undefined || usesKey(focused, key) ? null : command;
}

const LISTS = new Set(["listbox", "list", "option", "listitem", "grid", "tree", "menu", "radiogroup"]);

function usesKey({ tag, type, role }: Focused, key: string): boolean {
  if (tag === "input" && type === "range") return key !== " " && key.length > 1;
  if (tag === "input" && type === "radio") return key === " " || key.startsWith("Arrow");
  if (tag === "input" || tag === "select" || tag === "textarea" || role === "textbox") return true;
  if (LISTS.has(role)) return key === " " || key === "Home" || key === "End";
  return key === " " && (tag === "button" || tag === "summary" || role === "button" || role === "switch");
}

/** The focused element as commandOf() wants it. */
export const focusedOf = (element: Element | null): Focused => ({
  tag: element?.tagName.toLowerCase() ?? "",
  type: element instanceof HTMLInputElement ? element.type : "",
  role: element?.getAttribute("role") ?? "",
});
