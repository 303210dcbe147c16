// SPDX-License-Identifier: GPL-2.0-only
import { renderToStaticMarkup as markup } from "react-dom/server";
import { expect, it } from "vitest";
import { framesOf, scenarioNamed } from "../../scene/framesOf.ts";
import { createLab } from "../../store/lab.ts";
import { LabContext } from "../../store/useLab.ts";
import { caption, why } from "../../text/index.ts";
import { isWord, litWord, wordIn } from "./lit.ts";
import { Sentences } from "./Sentences.tsx";

const lab = createLab({ fetchBlob: () => Promise.reject(new Error()), pause: async () => {} }, "dark");
const drawn = (text: string, more = "") =>
  markup(
    <LabContext value={lab}>
      <Sentences text={text} more={more} moreClass={undefined} variant="v10" />
    </LabContext>,
  );

it("a caption with terms is one tab stop, its reason included, and one without is none", () => {
  const html = drawn("P zaps gfns [0,64).", "A slot comes.");
  expect(html.match(/<dfn/g)).toHaveLength(3);
  expect(html.match(/tabindex="0"/g)).toHaveLength(1);
  expect(html).toMatch(
    /tabindex="0" data-word="zap">zaps<.*data-word="gfn">gfns<.*data-word="memslot">slot</,
  );
  expect(drawn("Done after 27 steps.")).not.toContain("<dfn");
});

it("with its terms a caption says what it says without them, at every step", () => {
  for (let step = 0; step < 33; step++)
    for (const frame of framesOf(scenarioNamed("t-b4"), 0, step)) {
      const reason = why(frame) ?? "";
      const text = caption(frame) + (reason === "" ? "" : ` ${reason}`);
      const plain = markup(<b>{text}</b>).replace(/<[^>]+>/g, "");
      expect(drawn(caption(frame), reason).replace(/<[^>]+>/g, "")).toBe(plain);
    }
});

it("a word is lit in one design, and is no object", () => {
  const lit = litWord("v10", "rm->lock");
  expect([isWord(lit), isWord("lock:f0/rm->lock"), isWord(null)]).toEqual([true, false, false]);
  expect([wordIn(lit, "v10"), wordIn(lit, "review"), wordIn(null, "v10")]).toEqual(["rm->lock", null, null]);
  expect(wordIn(litWord("review-seed", "zap"), "review")).toBeNull();
});
