// SPDX-License-Identifier: GPL-2.0-only
// What axe finds, and what it cannot decide, which is then measured.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { contrastsOf } from "./contrast.ts";
import { expect } from "./test.ts";

interface Open {
  rule: string;
  /** axe's word for why it cannot tell. */
  why: string;
  /** The start of the element's markup. */
  html: string;
  target: string;
}

/**
 * What axe may leave open, and what holds it instead. Each contrast that is left open is measured right after
 * (contrast.ts), and every pair of colours is computed in src/ui/theme/tokens.test.ts.
 */
const EXPLAINED: readonly { rule: string; html: RegExp; why: RegExp; reason: string }[] = [
  {
    rule: "color-contrast",
    html: /^<text /,
    why: /./,
    reason: "axe does not see what is painted in a picture; the shapes under the word are looked up instead",
  },
  {
    rule: "color-contrast",
    html: /./,
    why: /shortTextContent/,
    reason: "a single letter or digit may be a picture to axe; it is measured as text",
  },
  {
    rule: "color-contrast",
    html: /./,
    why: /elmPartiallyObscur|bgOverlap|outsideViewport/,
    reason:
      "part of it is scrolled away or lies under the playhead or the transport; its own ground is measured",
  },
  {
    rule: "color-contrast",
    html: /./,
    why: /pseudoContent/,
    reason: "a drawn pseudo-element lies beside the words, not behind them",
  },
];

async function analyze(page: Page): Promise<{ violations: string[]; open: Open[] }> {
  const { violations, incomplete } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations", "incomplete"] })
    .setLegacyMode() // no second page: there are no frames to look into
    .analyze();
  return {
    violations: violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(" ")} ${html.slice(0, 100)}`),
    ),
    open: incomplete.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, any, all, none }) => ({
        rule: id,
        why: [...any, ...all, ...none].map(({ data, message }) => data?.messageKey ?? message).join(", "),
        html: html.slice(0, 100),
        target: target.join(" "),
      })),
    ),
  };
}

const isExplained = ({ rule, why, html }: Open) =>
  EXPLAINED.some((known) => known.rule === rule && known.html.test(html) && known.why.test(why));

/** `isMoving`: what axe has seen may be gone when it is measured. */
export async function expectNothingWrong(page: Page, isMoving = false): Promise<void> {
  const { violations, open } = await analyze(page);
  expect.soft(violations).toEqual([]);
  expect.soft(open.filter((each) => !isExplained(each))).toEqual([]);
  const targets = open.filter(({ rule }) => rule === "color-contrast").map(({ target }) => target);
  const measured = await contrastsOf(page, targets);
  expect.soft(measured.filter(({ ratio, least }) => ratio < least)).toEqual([]);
  if (!isMoving) expect.soft(measured.filter(({ ratio }) => Number.isNaN(ratio))).toEqual([]);
}
