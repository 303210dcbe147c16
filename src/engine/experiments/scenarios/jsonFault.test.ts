// SPDX-License-Identifier: GPL-2.0-only
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFault } from "./jsonFault.ts";

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("a fault in JSON", () => {
  it.each([
    ["", 0, "expected a value, got the end of the text"],
    ["nope", 0, 'expected a value, got "nope"'],
    ['{"a":tru}', 5, 'expected a value, got "tru"'],
    ['{"a":1,}', 7, 'expected a name in double quotes, got "}"'],
    ["{a:1}", 1, 'expected a name in double quotes or "}", got "a"'],
    ["[1,]", 3, 'expected a value, got "]"'],
    ["[,]", 1, 'expected a value or "]", got ","'],
    ['{"a" 1}', 5, 'expected ":", got "1"'],
    ['{"a":1 "b":2}', 7, 'expected "," or a closing bracket, got "\\""'],
    ['{"a":1]', 6, 'expected "," or a closing bracket, got "]"'],
    ["[01]", 2, 'expected "," or a closing bracket, got "1"'],
    ["[1", 2, 'expected "," or a closing bracket, got the end of the text'],
    ["{} x", 3, 'expected the end of the text, got "x"'],
    ['"a\nb"', 2, 'expected a closing quote, or the character written as an escape, got "\\n"'],
    ['"\\x"', 1, 'expected an escape such as "\\n" or "\\u0041", got "\\\\x"'],
    ['"a', 2, "expected a closing quote, got the end of the text"],
  ])("%j: at %i, %s", (text, at, what) => {
    expect(isJson(text)).toBe(false);
    expect(jsonFault(text)).toEqual({ at, what });
  });

  it("is seen just where JSON.parse sees one, in whatever is changed in a text", () => {
    const snippet = fc.constantFrom(...'{}[]",:0-1.e+\\ tfn\n\tu', "true", "null", "\u0001", "é");
    const mutated = fc
      .tuple(fc.json(), fc.array(fc.tuple(fc.nat(), fc.nat(3), snippet), { maxLength: 3 }))
      .map(([text, changes]) =>
        changes.reduce((now, [where, cut, put]) => {
          const at = where % (now.length + 1);
          return now.slice(0, at) + put + now.slice(at + cut);
        }, text),
      );
    fc.assert(
      fc.property(mutated, (text) => {
        expect(jsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("is told in one line, and of a character that can't be mended by adding more", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string(), (text, where, junk) => {
        const changed = text.slice(0, where % (text.length + 1)) + junk;
        const fault = jsonFault(changed);
        if (fault === null) return;
        expect(fault.what).not.toMatch(/[\n\r]/);
        expect(fault.at).toBeLessThanOrEqual(changed.length);
        // What stands before it is a beginning: the fault of the beginning alone is at its end.
        expect(jsonFault(changed.slice(0, fault.at))?.at ?? fault.at).toBe(fault.at);
      }),
    );
  });

  it("is found behind a million brackets and in a string of ten million characters", () => {
    expect(jsonFault("[".repeat(1_000_000))?.at).toBe(1_000_000);
    expect(jsonFault(`"${"a".repeat(10_000_000)}`)?.at).toBe(10_000_001);
  });
});
