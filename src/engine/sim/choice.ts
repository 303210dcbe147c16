// SPDX-License-Identifier: GPL-2.0-only
// Choices: who runs, and for how long, in words that a scenario can carry.

/** `P` (one step), `P*3`, `P until notifier.start vm0/3`, `P to end`. */
export type Choice =
  | { readonly task: string; readonly text: string; readonly for: "steps"; readonly steps: number }
  | {
      readonly task: string;
      readonly text: string;
      readonly for: "event";
      readonly event: string;
      readonly object: string | null;
    }
  | { readonly task: string; readonly text: string; readonly for: "end" };

export const CHOICE_FORMS = '"TASK", "TASK*N", "TASK until EVENT [OBJECT]" or "TASK to end"';

/** The choice that `text` says, or null where it is none of the four forms. */
export function parseChoice(text: string): Choice | null {
  const words = text.trim().split(/\s+/);
  const [task = "", second, third, fourth] = words;
  if (words.length === 1) {
    const [, name, times] = /^([^*\s]+)(?:\*([1-9]\d{0,8}))?$/.exec(task) ?? [];
    return name === undefined ? null : { task: name, text, for: "steps", steps: Number(times ?? 1) };
  }
  if (task.includes("*")) return null;
  if (second === "to" && third === "end" && words.length === 3) return { task, text, for: "end" };
  if (second === "until" && third !== undefined && words.length <= 4)
    return { task, text, for: "event", event: third, object: fourth ?? null };
  return null;
}
