// SPDX-License-Identifier: GPL-2.0-only
import { expect, it } from "vitest";
import { codeSources } from "./codeSources.ts";

const PATH = `// "toy: take"
const LIMIT = 2;

export function* toyPath(
  env: Env,
): Path<void> {
  const inner = () => {
    go();
  };
  yield* step("toy: work", inner);
}

const table = {
  a: "toy: in a table",
};

register("toy: outside");

/** One. */
export const toyLock = (env: Env) =>
  take(env, "toy: twice", "toy: twice");
`;
const sources = codeSources({
  "a/path.ts": PATH,
  "b.ts": 'a("toy: here"); ax("toy: and here")\nb("toy: here");\n',
});

it("a label is found on its line, in its file, with the function that stands around it", () => {
  expect(sources.placeOf("toy: work")).toEqual({
    path: "a/path.ts",
    file: "path.ts",
    line: 10,
    within: "toyPath",
  });
  expect(sources.placeOf("toy: in a table")?.within).toBe("table");
  expect(sources.placeOf("toy: and here")).toEqual({ path: "b.ts", file: "b.ts", line: 1, within: null });
});

it("twice on one line is one line, and an arrow function has a name, too", () => {
  expect(sources.placeOf("toy: twice")).toMatchObject({ line: 21, within: "toyLock" });
});

it("what follows the end of a function is not within it", () => {
  expect(sources.placeOf("toy: outside")?.within).toBeNull();
});

it("a label on two lines, a part of one, and one that stands nowhere are not found", () => {
  expect(sources.placeOf("toy: here")).toBeNull();
  expect(sources.placeOf("toy: wor")).toBeNull();
  expect(sources.placeOf("toy: nowhere")).toBeNull();
});

it("lines are counted from 1, as many as an editor shows", () => {
  const lines = sources.linesOf("a/path.ts");
  expect(lines.map(({ number }) => number)).toEqual(
    PATH.trimEnd()
      .split("\n")
      .map((_, k) => k + 1),
  );
  expect(lines.filter(({ silent }) => silent).map(({ number }) => number)).toEqual([1, 3, 12, 16, 18, 19]);
  expect(sources.linesOf("nowhere.ts")).toEqual([]);
});
