// SPDX-License-Identifier: GPL-2.0-only
// Which key means what. A key that the focused control uses itself stays with that control.

/** By its keys; a capital is the letter with Shift. */
const COMMANDS = {
  " ": "playOrPause",
  ArrowRight: "forward",
  ArrowLeft: "back",
  "Shift+ArrowRight": "forwardNotWasted",
  "Shift+ArrowLeft": "backNotWasted",
  Home: "first",
  End: "last",
  "[": "slower",
  "]": "faster",
  n: "nextNeeded",
  N: "previousNeeded",
  h: "nextPunch",
  H: "previousPunch",
  f: "nextFinding",
  F: "previousFinding",
  p: "punch",
  "+": "nearer",
  "=": "nearer", // the plus key of many keyboards, without Shift
  "-": "wider",
  "1": "both",
  "2": "upper",
  "3": "lower",
  s: "swap",
  c: "code",
  e: "timeline",
  l: "life",
  o: "overview",
  v: "view",
  t: "theme",
  "?": "help",
  Escape: "letGo",
} as const;

export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

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

/** What many keyboards type only with AltGr, which Windows reports as Ctrl and Alt, or with Option, which is Alt. */
const TYPED_WITH_ALT = new Set(["[", "]", "?", "+"]);

/**
 * The command of a key, or null where it has none or belongs to the focused control. Without `characters` the keys
 * that type a character have none, but for Space: speech input and slips of the hand send those.
 */
export function commandOf(pressed: Key, focused: Focused, characters = true): Command | null {
  const { key, shiftKey } = pressed;
  const isCharacter = key.length === 1 && key !== " ";
  if (isReserved(pressed) || (isCharacter && !characters)) return null;
  const isShifted = shiftKey && key.startsWith("Arrow");
  const command = (COMMANDS as Readonly<Record<string, Command>>)[
    isShifted ? `Shift+${key}` : /^[a-z]$/i.test(key) ? letter(pressed) : key
  ];
  return command === undefined || usesKey(focused, key, isShifted) ? null : command;
}

/** With Ctrl, Alt or Meta a key is the browser's or the system's, unless the character takes Alt to be typed. */
function isReserved({ key, ctrlKey, altKey, metaKey }: Key): boolean {
  if (metaKey) return true;
  return TYPED_WITH_ALT.has(key) ? ctrlKey && !altKey : ctrlKey || altKey;
}

/** Caps Lock turns letters round and means nothing here: Shift decides. */
const letter = ({ key, shiftKey }: Key) => (shiftKey ? key.toUpperCase() : key.toLowerCase());

const LISTS = new Set(["listbox", "list", "option", "listitem", "grid", "tree", "menu", "radiogroup"]);

/** A toolbar takes its arrows itself, and whoever takes a key prevents its default: it does not come here at all. */
function usesKey({ tag, type, role }: Focused, key: string, isShifted: boolean): boolean {
  if (tag === "input" && type === "range") return /^(Arrow|Home|End)/.test(key) && !isShifted;
  if (tag === "input" && type === "radio") return key === " " || key.startsWith("Arrow");
  if (tag === "input" && type === "checkbox") return key === " ";
  if (tag === "input" || tag === "select" || tag === "textarea" || role === "textbox") return true;
  if (LISTS.has(role)) return key === " " || key === "Home" || key === "End";
  return key === " " && (tag === "button" || tag === "summary" || role === "button" || role === "switch");
}

/** The focused element as commandOf() wants it. */
export const focusedOf = (element: Element | null): Focused => ({
  tag: element?.tagName.toLowerCase() ?? "",
  type: element instanceof HTMLInputElement ? element.type : "",
  role:
    element instanceof HTMLElement && element.isContentEditable
      ? "textbox"
      : (element?.getAttribute("role") ?? ""),
});
