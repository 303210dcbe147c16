// SPDX-License-Identifier: GPL-2.0-only
// What every file of the repository has to say, and what none may say.

const IS_SOURCE = /\.([mc]?[jt]sx?|css|html|svg|sh|ya?ml)$|^\.ci\/run$/;
const LICENCE_LINE = /^(\/\/|\/\*|<!--|#) SPDX-License-Identifier: GPL-2\.0-only( \*\/| -->)?$/;

/** Whether a source file lacks its licence line: the first line, or the second after `#!` or a doctype. */
export function lacksLicenceLine(path: string, text: string): boolean {
  if (!IS_SOURCE.test(path)) return false;
  const [first = "", second = ""] = text.split(/\r?\n/, 2);
  return !LICENCE_LINE.test(/^#!|^<!doctype/i.test(first) ? second : first);
}

const PRIVATE = [
  { what: "a path of one machine", pattern: /(?<![\w.~)\]}-])\/(work|home|root|Users)\/\w/ },
  { what: "a package registry", pattern: /\bregistry\.[a-z]|"resolved": *"http/ },
];

/** What `text` gives away about the machine that it was written on, or null. */
export const givesAway = (text: string): string | null =>
  PRIVATE.find(({ pattern }) => pattern.test(text))?.what ?? null;
