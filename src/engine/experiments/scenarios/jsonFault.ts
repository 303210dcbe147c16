// SPDX-License-Identifier: GPL-2.0-only
// Where a text stops being JSON. What JSON.parse says of it differs from browser to browser, and often it names
// no place; a person who edits a scenario needs the line.

import { quoted } from "./problem.ts";

export interface JsonFault {
  /** Index of the first character that can't stand there; the length of the text where something is missing. */
  readonly at: number;
  /** One line: what was expected there, and what stands there. */
  readonly what: string;
}

/** What may come next. */
type Wanted = "value" | "first element" | "name" | "first name" | "colon" | "comma" | "end";

const EXPECTED: Record<Wanted, string> = {
  value: "a value",
  "first element": 'a value or "]"',
  name: "a name in double quotes",
  "first name": 'a name in double quotes or "}"',
  colon: '":"',
  comma: '"," or a closing bracket',
  end: "the end of the text",
};

const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first fault of `text`, or null where it is JSON. Walks without recursion: nesting may be deep. */
export function jsonFault(text: string): JsonFault | null {
  const open: string[] = [];
  let wanted = "value" as Wanted;
  let at = 0;
  const after = (): Wanted => (open.length === 0 ? "end" : "comma");
  for (;;) {
    while (at < text.length && " \t\n\r".includes(text[at] ?? "")) at++;
    const c = text[at];
    if (c === undefined && wanted === "end") return null;
    if (c === '"' && wanted !== "colon" && wanted !== "comma" && wanted !== "end") {
      const end = endOfString(text, at);
      if (typeof end !== "number") return end;
      at = end;
      wanted = wanted === "name" || wanted === "first name" ? "colon" : after();
    } else if (wanted === "colon" && c === ":") {
      wanted = "value";
      at++;
    } else if (wanted === "comma" && c === ",") {
      wanted = open.at(-1) === "{" ? "name" : "value";
      at++;
    } else if (closes(c, wanted, open.at(-1))) {
      open.pop();
      wanted = after();
      at++;
    } else if ((wanted === "value" || wanted === "first element") && (c === "{" || c === "[")) {
      open.push(c);
      wanted = c === "{" ? "first name" : "first element";
      at++;
    } else if (wanted === "value" || wanted === "first element") {
      SCALAR.lastIndex = at;
      if (!SCALAR.test(text)) return fault(text, at, EXPECTED[wanted]);
      at = SCALAR.lastIndex;
      wanted = after();
    } else {
      return fault(text, at, EXPECTED[wanted]);
    }
  }
}

/** Whether `c` closes the innermost bracket here. */
function closes(c: string | undefined, wanted: Wanted, open: string | undefined): boolean {
  if (c === "}") return open === "{" && (wanted === "first name" || wanted === "comma");
  return c === "]" && open === "[" && (wanted === "first element" || wanted === "comma");
}

/** The index behind the string that begins at `at`, or what is wrong inside it. */
function endOfString(text: string, at: number): number | JsonFault {
  for (let k = at + 1; k < text.length; ) {
    const c = text[k] ?? "";
    if (c === '"') return k + 1;
    if (c < " ") return fault(text, k, "a closing quote, or the character written as an escape");
    if (c === "\\") {
      ESCAPE.lastIndex = k;
      if (!ESCAPE.test(text)) return fault(text, k, 'an escape such as "\\n" or "\\u0041"');
      k = ESCAPE.lastIndex;
    } else k++;
  }
  return fault(text, text.length, "a closing quote");
}

function fault(text: string, at: number, expected: string): JsonFault {
  const stands = /^[^\s,:{}[\]"]+|^./s.exec(text.slice(at, at + 40))?.[0];
  return {
    at,
    what: `expected ${expected}, got ${stands === undefined ? "the end of the text" : quoted(stands)}`,
  };
}
